package dev.sluice.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.IdempotencyKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.test.topics.TopicSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code docs/api/asyncapi.yaml} agrees with the code. */
class DescribedTopicsTest {

    private static final JsonNode ASYNC_API = TopicSchema.asyncApi();
    private static final JsonNode SCHEMAS = ASYNC_API.at("/components/schemas");

    @Test
    void hasTheTopicsAsTheyAreMade() {
        Map<String, String> described = new TreeMap<>();
        ASYNC_API.path("channels").forEach(channel -> {
            JsonNode settings = channel.at("/bindings/kafka/topicConfiguration");
            described.put(
                    channel.path("address").stringValue(),
                    settings.at("/cleanup.policy/0").asString() + " "
                            + settings.path("max.message.bytes").asString("-"));
        });
        Map<String, String> made = new TreeMap<>();
        for (TopicSettings topic : TopicSettings.all(TopicNames.DEFAULT, 12)) {
            made.put(
                    topic.name(),
                    topic.configuration().get("cleanup.policy") + " "
                            + topic.configuration().getOrDefault("max.message.bytes", "-"));
        }

        assertThat(described).isEqualTo(made);
    }

    @Test
    void hasTheHeadersOfSubmissions() {
        Set<String> known = new TreeSet<>(List.of(
                SubmissionHeaders.CE_ID,
                SubmissionHeaders.CE_TYPE,
                SubmissionHeaders.CE_SOURCE,
                SubmissionHeaders.CE_SPECVERSION,
                SubmissionHeaders.CONTENT_TYPE,
                SubmissionHeaders.USER,
                SubmissionHeaders.IDEMPOTENCY_KEY,
                SubmissionHeaders.TRACEPARENT,
                SubmissionHeaders.REQUEST_ID,
                SubmissionHeaders.RESUBMISSION_OF));

        assertThat(names("sessionHeaders")).isEqualTo(known);
        known.add(SubmissionHeaders.TASK);
        assertThat(names("noteHeaders")).isEqualTo(known);
        assertThat(SCHEMAS.at("/sessionHeaders/properties/ce_type/enum/0").stringValue())
                .isEqualTo(SubmissionHeaders.CREATE_SESSION);
        assertThat(SCHEMAS.at("/noteHeaders/properties/ce_type/enum/0").stringValue())
                .isEqualTo(SubmissionHeaders.CREATE_NOTE);
        assertThat(SCHEMAS.at("/sessionHeaders/properties/idempotency-key/maxLength")
                        .intValue())
                .isEqualTo(IdempotencyKey.MAX_LENGTH);
    }

    @Test
    void hasTheHeadersOfOutcomesAndDeadLetters() {
        assertThat(names("deadLetterHeaders"))
                .containsExactlyInAnyOrder(
                        KafkaDeadLetters.REASON,
                        KafkaDeadLetters.TOPIC,
                        KafkaDeadLetters.PARTITION,
                        KafkaDeadLetters.OFFSET,
                        KafkaDeadLetters.TIMESTAMP,
                        KafkaDeadLetters.LEFT_OUT);
        assertThat(names("outcomeHeaders"))
                .containsExactlyInAnyOrder(
                        SubmissionHeaders.CE_ID,
                        SubmissionHeaders.CE_TYPE,
                        SubmissionHeaders.CE_SOURCE,
                        SubmissionHeaders.CE_SPECVERSION,
                        SubmissionHeaders.CE_DATASCHEMA,
                        SubmissionHeaders.CONTENT_TYPE,
                        SubmissionHeaders.TRACEPARENT);
        assertThat(SCHEMAS.at("/outcomeHeaders/properties/ce_dataschema/enum/0").stringValue())
                .isEqualTo(OutcomeJson.SCHEMA)
                .isEqualTo(TopicSchema.current("analysis-outcome")
                        .tree()
                        .path("$id")
                        .stringValue());
        Set<String> states = new TreeSet<>();
        TopicSchema.current("analysis-outcome")
                .tree()
                .at("/properties/state/enum")
                .forEach(state -> states.add("analysis-submission." + state.stringValue()));
        Set<String> types = new TreeSet<>();
        SCHEMAS.at("/outcomeHeaders/properties/ce_type/enum").forEach(type -> types.add(type.stringValue()));
        assertThat(types).isEqualTo(states);
        // Two kinds of outcome share a state.
        assertThat(Outcome.class.getPermittedSubclasses()).hasSize(states.size() + 1);
    }

    @Test
    void givesExamplesThatConform() {
        assertConforms("createSession", "analysis-session");
        assertConforms("createNote", "analysis-note");
        assertConforms("outcome", "analysis-outcome");
    }

    private static void assertConforms(String message, String schema) {
        JsonNode example = ASYNC_API.at("/components/messages/" + message + "/examples/0/payload");
        assertThat(TopicSchema.current(schema).faults(example.toString())).isEmpty();
        assertThat(ASYNC_API
                        .at("/components/messages/" + message + "/payload/$ref")
                        .stringValue())
                .isEqualTo("./schemas/" + schema + ".json");
    }

    private static Set<String> names(String headers) {
        Set<String> names =
                new TreeSet<>(SCHEMAS.path(headers).path("properties").propertyNames());
        SCHEMAS.path(headers)
                .path("required")
                .forEach(required -> assertThat(names).contains(required.stringValue()));
        return names;
    }
}
