package dev.sluice.test.topics;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One of the JSON Schemas of the topics' values. Thread-safe. */
public final class TopicSchema {

    // Duplicate keys in a mapping are invalid YAML, and many parsers reject them.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final String name;
    private final String text;
    private final Schema schema;

    private TopicSchema(String name, String text) {
        this.name = name;
        this.text = text;
        // A separate registry for each, because two versions of a schema share one id.
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    /** The current schema, {@code docs/api/schemas/<name>.json}. */
    public static TopicSchema current(String name) {
        return new TopicSchema(name, resource("schemas/" + name + ".json"));
    }

    /** The schema as it was when this version was published. */
    public static TopicSchema published(String name, int version) {
        return new TopicSchema(name + " as published", resource("published/" + name + "-" + version + ".json"));
    }

    /** Reads {@code docs/api/asyncapi.yaml}. */
    public static JsonNode asyncApi() {
        return YAML.readTree(resource("asyncapi.yaml"));
    }

    public JsonNode tree() {
        return JsonMapper.shared().readTree(text);
    }

    /** The errors in a value; empty if it conforms. */
    public List<String> faults(String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Fails with all errors in a value, unless it conforms. */
    public void assertConforms(byte[] json) {
        String value = new String(json, StandardCharsets.UTF_8);
        List<String> faults = faults(value);
        if (!faults.isEmpty()) {
            throw new AssertionError("by the schema " + name + ":\n  - " + String.join("\n  - ", faults)
                    + "\nThe value was: " + value.substring(0, Math.min(value.length(), 2000)));
        }
    }

    static String resource(String name) {
        try (InputStream stream = TopicSchema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path: expected it from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
