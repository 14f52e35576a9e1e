package dev.sluice.test.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The API description as a tree: paths, methods and responses. */
public final class OpenApiDescription {

    private static final String RESOURCE = "openapi.yaml";
    // Duplicate keys in a mapping are invalid YAML, and many parsers reject them.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode root;
    private final Map<Pattern, String> paths = new LinkedHashMap<>();

    private OpenApiDescription(JsonNode root) {
        this.root = root;
        for (String template : root.path("paths").propertyNames()) {
            paths.put(Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+")), template);
        }
    }

    public static OpenApiDescription load() {
        try (InputStream stream = OpenApiDescription.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path: expected it from the build");
            }
            return new OpenApiDescription(YAML.readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** The paths, with parameters in braces. */
    public Collection<String> paths() {
        return root.path("paths").propertyNames();
    }

    /** The methods of a path, in capitals. */
    public Set<String> methods(String template) {
        Set<String> methods = new TreeSet<>();
        for (String name : pathItem(template).propertyNames()) {
            if (METHODS.contains(name)) {
                methods.add(name.toUpperCase(Locale.ROOT));
            }
        }
        return methods;
    }

    /** The template that matches a request's path without its query. */
    Optional<String> template(String path) {
        return paths.entrySet().stream()
                .filter(known -> known.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The described response of a method with a status, if there is one. */
    Optional<DescribedResponse> response(String template, String method, int status) {
        String at = pointer("paths", template, method.toLowerCase(Locale.ROOT), "responses", Integer.toString(status));
        return response(at);
    }

    /** A response by its name in the components. */
    DescribedResponse component(String name) {
        return response(pointer("components", "responses", name))
                .orElseThrow(() -> new IllegalStateException("the description has no response " + name));
    }

    /** The target of the reference at {@code pointer}; {@code pointer} itself if there is no reference. */
    String resolve(String pointer) {
        String reference = root.at(pointer).path("$ref").asString("");
        return reference.startsWith("#") ? resolve(reference.substring(1)) : pointer;
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    static String pointer(String... segments) {
        JsonPointer pointer = JsonPointer.empty();
        for (String segment : segments) {
            pointer = pointer.appendProperty(segment);
        }
        return pointer.toString();
    }

    private Optional<DescribedResponse> response(String pointer) {
        return root.at(pointer).isMissingNode()
                ? Optional.empty()
                : Optional.of(new DescribedResponse(this, resolve(pointer)));
    }

    private JsonNode pathItem(String template) {
        return root.path("paths").path(template);
    }
}
