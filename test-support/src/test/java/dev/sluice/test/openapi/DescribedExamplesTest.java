package dev.sluice.test.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

class DescribedExamplesTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();
    private static final int FEWEST = 30;

    /** An example and its schema. */
    record Example(String pointer, String schemaPointer, JsonNode value) {

        @Override
        public String toString() {
            return pointer;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleKeepsItsOwnSchema(Example example) {
        assertThat(CONTRACT.faults(example.schemaPointer(), example.value())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSchemaOfAnExampleTakesNotJustAnything(Example example) {
        assertThat(CONTRACT.faults(example.schemaPointer(), BooleanNode.TRUE)).isNotEmpty();
    }

    @Test
    void everyBodyOfAnOperationHasAnExampleOrIsOnlyADetail() {
        List<String> without = new ArrayList<>();
        OpenApiDescription description = CONTRACT.description();
        for (String path : description.paths()) {
            for (String method : description.methods(path)) {
                String at = OpenApiDescription.pointer("paths", path, method.toLowerCase(Locale.ROOT));
                for (String part : List.of("/requestBody", "/responses/200", "/responses/201", "/responses/202")) {
                    JsonNode content = description.at(at + part + "/content/application~1json");
                    boolean isDetail = content.at("/schema/$ref").asString("").endsWith("/Detail");
                    if (!content.isMissingNode() && !isDetail && !content.has("example") && !content.has("examples")) {
                        without.add(at + part);
                    }
                }
            }
        }

        assertThat(without).isEmpty();
    }

    @Test
    void thereAreExamples() {
        assertThat(examples()).hasSizeGreaterThan(FEWEST);
    }

    static Stream<Example> examples() {
        List<Example> found = new ArrayList<>();
        collect("", CONTRACT.description().root(), found);
        return found.stream();
    }

    private static void collect(String pointer, JsonNode node, List<Example> found) {
        if (node.has("schema")) {
            collectDescribed(pointer, node, found);
        } else if (node.path("examples").isArray()) {
            node.path("examples").forEach(value -> found.add(new Example(pointer + "/examples", pointer, value)));
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            collect(pointer + OpenApiDescription.pointer(field.getKey()), field.getValue(), found));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(pointer + "/" + i, node.path(i), found);
        }
    }

    private static void collectDescribed(String pointer, JsonNode node, List<Example> found) {
        if (node.has("example")) {
            found.add(new Example(pointer + "/example", pointer + "/schema", node.path("example")));
        }
        node.path("examples")
                .properties()
                .forEach(example -> found.add(new Example(
                        pointer + "/examples/" + example.getKey(),
                        pointer + "/schema",
                        example.getValue().path("value"))));
    }
}
