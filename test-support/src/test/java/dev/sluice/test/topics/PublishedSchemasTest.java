package dev.sluice.test.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A published schema changes only in ways that nobody who relies on it would notice. Any other change needs a new version. */
class PublishedSchemasTest {

    private static final JsonNode OUTCOME =
            TopicSchema.published("analysis-outcome", 1).tree();
    private static final JsonNode SESSION =
            TopicSchema.published("analysis-session", 1).tree();

    @Test
    void consumersOfVersion1CanReadWhatIsToldNow() {
        assertThat(NarrowerSchema.faultsForConsumers(
                        OUTCOME, TopicSchema.current("analysis-outcome").tree()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analysis-session", "analysis-note", "user"})
    void producersOfVersion1AreStillUnderstood(String name) {
        assertThat(NarrowerSchema.faultsForProducers(
                        TopicSchema.published(name, 1).tree(),
                        TopicSchema.current(name).tree()))
                .isEmpty();
    }

    @Test
    void anOutcomeMayGetAField() {
        assertThat(outcomeFaults(schema -> properties(schema).putObject("new").put("type", "string")))
                .isEmpty();
    }

    @Test
    void anOutcomeMayHaveATypeOfALaterVersion() {
        String outcome = TopicSchema.asyncApi()
                .at("/components/messages/outcome/examples/0/payload")
                .toString()
                .replace("webinspect", "checkmarx");

        assertThat(outcome).contains("checkmarx");
        assertThat(TopicSchema.published("analysis-outcome", 1).faults(outcome)).isEmpty();
        assertThat(TopicSchema.current("analysis-outcome").faults(outcome)).isEmpty();
    }

    @Test
    void anOutcomeMustNotLoseAFieldNorAPromiseAboutOne() {
        assertThat(outcomeFaults(schema -> properties(schema).remove("updater")))
                .containsExactly("/properties/updater is gone");
        assertThat(outcomeFaults(schema -> ((ObjectNode) schema.at("/oneOf/0/properties")).remove("analysis_ref")))
                .containsExactly("/oneOf/0/properties/analysis_ref is gone");
        assertThat(outcomeFaults(schema -> schema.putArray("required").add("id")))
                .isNotEmpty();
        assertThat(outcomeFaults(schema -> properties(schema).putObject("id").put("type", "string")))
                .isNotEmpty();
        assertThat(outcomeFaults(schema -> ((ObjectNode) schema.at("/properties/received")).remove("pattern")))
                .isNotEmpty();
        assertThat(outcomeFaults(
                        schema -> schema.withArray("/properties/state/enum").add("lost")))
                .isNotEmpty();
        assertThat(outcomeFaults(schema -> schema.withArray("/oneOf").addObject()))
                .isNotEmpty();
        assertThat(outcomeFaults(schema -> ((ObjectNode) schema.at("/$defs/verifications")).put("maxItems", 501)))
                .isNotEmpty();
    }

    @Test
    void aSubmissionMayGetAFreeFieldAChoiceAndLengthButNoNewDuty() {
        assertThat(sessionFaults(schema -> properties(schema).putObject("new").put("description", "Anything.")))
                .isEmpty();
        assertThat(sessionFaults(schema -> properties(schema).putObject("new").put("type", "string")))
                .containsExactly("/properties/new was ignored before and is checked now: needs a version");
        assertThat(sessionFaults(schema ->
                        schema.withArray("/properties/analysis_type/enum").add("burp")))
                .isEmpty();
        assertThat(sessionFaults(
                        schema -> properties(schema).withObject("analysis_ref").put("maxLength", 256)))
                .isEmpty();
        assertThat(sessionFaults(
                        schema -> properties(schema).withObject("analysis_ref").put("maxLength", 254)))
                .isNotEmpty();
        assertThat(sessionFaults(schema -> schema.withArray("/required").add("extra")))
                .isNotEmpty();
        assertThat(sessionFaults(schema ->
                        schema.withArray("/properties/analysis_type/enum").remove(0)))
                .isNotEmpty();
    }

    private static List<String> outcomeFaults(Consumer<ObjectNode> change) {
        ObjectNode changed = (ObjectNode) OUTCOME.deepCopy();
        change.accept(changed);
        return NarrowerSchema.faultsForConsumers(OUTCOME, changed);
    }

    private static List<String> sessionFaults(Consumer<ObjectNode> change) {
        ObjectNode changed = (ObjectNode) SESSION.deepCopy();
        change.accept(changed);
        return NarrowerSchema.faultsForProducers(SESSION, changed);
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }
}
