package dev.sluice.test.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.test.topics.TopicSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every list of analysis types in documents and schemas is that of the code. What is answered and told has none, so that it can grow. */
class DescribedTypesTest {

    private static final List<String> SLUGS =
            AnalysisType.OF_SESSIONS.stream().map(AnalysisType::slug).toList();
    private static final Path ROOT = Path.of("..");
    private static final Pattern DEMO_TYPE = Pattern.compile("\"analysis_type\": *\"([a-z_]+)\"");

    @Test
    void areThoseThatASubmissionMayHave() {
        assertThat(lists(TopicSchema.current("analysis-session").tree())).containsExactly(SLUGS);
        assertThat(lists(OpenApiDescription.load().root())).containsExactly(SLUGS);
        assertThat(lists(TopicSchema.asyncApi())).isEmpty();
    }

    @Test
    void areNotListedInOutcomes() {
        assertThat(lists(TopicSchema.current("analysis-outcome").tree())).isEmpty();
        assertThat(lists(TopicSchema.published("analysis-outcome", 1).tree())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AnalysisSession", "AnalysisTypeObject"})
    void areOpenInResponses(String schema) {
        JsonNode properties = OpenApiDescription.load().root().at("/components/schemas/" + schema + "/properties");
        String field = schema.equals("AnalysisSession") ? "analysis_type" : "slug";

        assertThat(properties.at("/" + field + "/$ref").asString(""))
                .isEqualTo("#/components/schemas/StoredAnalysisType");
    }

    @Test
    void fitTheirOpenDescription() {
        String pattern = OpenApiDescription.load()
                .root()
                .at("/components/schemas/StoredAnalysisType/pattern")
                .stringValue();

        assertThat(AnalysisType.values())
                .allSatisfy(type -> assertThat(type.slug()).matches(pattern));
        for (int kind : new int[] {0, 1}) {
            assertThat(TopicSchema.current("analysis-outcome")
                            .tree()
                            .at("/oneOf/" + kind + "/properties/analysis_type/pattern")
                            .stringValue())
                    .isEqualTo(pattern);
        }
    }

    @Test
    void areNamedInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher named = Pattern.compile("security scanners \\(([^)]+)\\)").matcher(readme);

        assertThat(named.find()).isTrue();
        assertThat(named.group(1).split(",\\s+"))
                .containsExactlyInAnyOrderElementsOf(AnalysisType.OF_SESSIONS.stream()
                        .map(AnalysisType::displayName)
                        .toList());
    }

    @Test
    void areEachSubmittedByTheDemo() throws IOException {
        String demo = Files.readString(ROOT.resolve("standalone/src/main/resources/demo/sessions.ndjson"));

        assertThat(DEMO_TYPE
                        .matcher(demo)
                        .results()
                        .map(found -> found.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(SLUGS);
    }

    /** All enumerations that have an analysis type, wherever they are. */
    private static List<List<String>> lists(JsonNode node) {
        List<List<String>> lists = new ArrayList<>();
        List<String> texts = node.isArray() ? texts(node) : List.of();
        if (Stream.of(AnalysisType.values()).map(AnalysisType::slug).anyMatch(texts::contains)) {
            lists.add(texts);
        }
        node.forEach(child -> lists.addAll(lists(child)));
        return lists;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(value -> value.asString("")).toList();
    }
}
