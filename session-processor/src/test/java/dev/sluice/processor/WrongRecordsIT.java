package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Every mistake of a producer is reported on the outcomes' topic, and stored as rejected or as a dead letter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongRecordsIT {

    private static final long PROJECT = 9;
    private static final String SESSION = "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}";
    private static final String NOTE =
            "{\"behaviour\":\"combine\",\"confidence\":\"low\",\"status\":\"none\",\"findings\":[]}";

    private final TopicNames topics = TestKafka.freshTopics(WrongRecordsIT.class);
    private final ProcessorUnderTest processor =
            new ProcessorUnderTest(FreshConfig.of(WrongRecordsIT.class, topics, 3));
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(long id, String state, @Nullable Long project, String told) {}

    @BeforeAll
    void start() {
        processor.start();
    }

    @AfterAll
    void stop() {
        processor.close();
    }

    @Test
    void answersEachWithWhatIsWrong() {
        sendWrongKeys();
        sendWrongHeaders();
        sendWrongValues();
        long fine = send(PROJECT, SESSION, session("user", "{\"id\":7}", "traceparent", "nonsense".repeat(100_000)));
        processor.awaitProgress(fine);
        sent.forEach(one -> processor.awaitProgress(one.id()));

        Map<Long, JsonNode> outcomes = outcomes();

        assertThat(told(outcomes, fine).get("state").stringValue()).isEqualTo("stored");
        for (Sent one : sent) {
            JsonNode outcome = told(outcomes, one.id());
            assertThat(outcome.get("state").stringValue()).as("%s", outcome).isEqualTo(one.state());
            assertThat(outcome.toString()).contains(one.told());
            assertThat(
                            outcome.get("project").isNull()
                                    ? null
                                    : outcome.get("project").longValue())
                    .isEqualTo(one.project());
            boolean isDead = one.state().equals("dead-lettered");
            assertThat(processor.kind(one.id())).isEqualTo(isDead ? "dead-letter" : "rejected");
        }
        assertThat(processor.records(topics.deadLetters())).hasSize((int)
                sent.stream().filter(one -> one.state().equals("dead-lettered")).count());
    }

    private void sendWrongKeys() {
        for (String key : List.of("abc", "0", "-1", "007", "1.0", " 1", "", "9223372036854775808")) {
            dead(key, null, SESSION, session(), "key is not a project's id: expected a positive decimal number");
        }
        dead(null, null, SESSION, session(), "key is not a project's id");
        int own = ProjectKey.partition(PROJECT, 3);
        int elsewhere = (own + 1) % 3;
        String told = "The record is in partition " + elsewhere + ": expected " + own
                + ", where Java's clients put the key 9 (murmur2)."
                + " With a client made on librdkafka, set partitioner=murmur2_random.";
        dead(Long.toString(PROJECT), elsewhere, SESSION, session(), told);
    }

    private void sendWrongHeaders() {
        deadOf(SESSION, new RecordHeaders(), "no header ce_type");
        deadOf(SESSION, headers("ce_type", "analysis-session.delete"), "ce_type is \\\"analysis-session.delete\\\"");
        // The hundredth character is the first half of a surrogate pair.
        deadOf(SESSION, headers("ce_type", "x".repeat(99) + "\uD83D\uDE00"), "x…");
        deadOf(
                NOTE,
                headers("ce_type", "analysis-note.create"),
                "The record has no header task: expected a task's id without its project, as in T6.");
        deadOf(NOTE, headers("ce_type", "analysis-note.create", "task", "9-T6"), "header task is \\\"9-T6\\\"");
        deadOf(SESSION, session("idempotency-key", ""), "idempotency-key is \\\"\\\"");
        deadOf(SESSION, session("idempotency-key", "x".repeat(256)), "1 to 255 printable ASCII characters");
        deadOf(SESSION, session("idempotency-key", "two\nlines"), "1 to 255 printable ASCII characters");
        deadOf(SESSION, session("resubmission-of", "first"), "a submission's id in decimal");
        deadOf(SESSION, session("user", "bob"), "header user is \\\"bob\\\": expected a JSON object");
        deadOf(SESSION, session("user", "{\"id\":\"7\"}"), "a positive number as id");
        deadOf(SESSION, session("user", "{\"id\":7,\"email\":5}"), "a positive number as id");
        deadOf(SESSION, session("user", "{\"id\":7,\"email\":\"" + "x".repeat(500_000) + "\"}"), "255 characters");
        deadOf("no JSON", session("x", "y".repeat(900_000)), "JSON parse error");
    }

    private void sendWrongValues() {
        dead(Long.toString(PROJECT), null, null, session(), "The record has no value");
        deadOf("", session(), "JSON parse error");
        deadOf("{\"analysis_ref\":", session(), "JSON parse error");
        rejected("[]", session(), "Invalid data. Expected a dictionary, but got list.");
        rejected("{}", session(), "This field is required.");
        rejected(
                SESSION.replace("}", ",\"notes\":[{\"task\":\"8-T1\"," + NOTE.substring(1) + "]}"),
                session(),
                "is not one of project 9.");
        rejected(NOTE.replace("none", "good"), note(), "is not a valid choice.");
        rejected(NOTE.replace("}", ",\"analysis_session\":1000000}"), note(), "Invalid pk");
        rejected(SESSION, session("resubmission-of", "100000"), "no earlier submission 100000");
        rejected(SESSION.replace("r\"", "\\ud83d\""), session(), "surrogate");
        rejected(SESSION.replace("fortify", "\\ud83d"), session(), "\"\\\"?\\\" is not a valid choice.");
        deadOf(SESSION.replace("}", ",\"\\ud83d\":1}"), session(), "Broken surrogate pair in property name");
        String deep = ",\"a\\u0000\":" + "[".repeat(1_100);
        String told = "\"a\uFFFD\":[\"Nested deeper than 1000 levels.\"]";
        rejected(SESSION.replace("}", deep), session(), told);
        rejected(NOTE.replace("}", deep), note(), told);
    }

    private void deadOf(String value, Headers headers, String told) {
        dead(Long.toString(PROJECT), null, value, headers, told);
    }

    private void dead(
            @Nullable String key, @Nullable Integer partition, @Nullable String value, Headers headers, String told) {
        byte[] keyBytes = key == null ? null : bytes(key);
        long id = processor.send(partition, keyBytes, value == null ? null : bytes(value), headers);
        boolean isOfTheProject = partition == null && Long.toString(PROJECT).equals(key);
        sent.add(new Sent(id, "dead-lettered", isOfTheProject ? PROJECT : null, told));
    }

    private void rejected(String value, Headers headers, String told) {
        sent.add(new Sent(send(PROJECT, value, headers), "rejected", PROJECT, told));
    }

    private long send(long project, String value, Headers headers) {
        return processor.send(ProjectKey.of(project), bytes(value), headers);
    }

    private Map<Long, JsonNode> outcomes() {
        Map<Long, JsonNode> outcomes = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : processor.records(topics.outcomes())) {
            JsonNode outcome = ProcessorUnderTest.json(record.value());
            SubmissionId place = SubmissionId.of(outcome.get("id").longValue());
            assertThat(SubmissionHeaders.text(record.headers(), "ce_id"))
                    .hasValue(place.partition() + "-" + place.position());
            assertThat(outcomes.put(place.value(), outcome)).isNull();
        }
        return outcomes;
    }

    private static JsonNode told(Map<Long, JsonNode> outcomes, long id) {
        return Objects.requireNonNull(outcomes.get(id), () -> "no outcome of " + id);
    }

    private static Headers session(String... more) {
        return headers("ce_type", "analysis-session.create", more);
    }

    private static Headers note() {
        return headers("ce_type", "analysis-note.create", "task", "T6");
    }

    private static Headers headers(String name, String value, String... more) {
        Headers headers = new RecordHeaders().add(name, bytes(value));
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], bytes(more[i + 1]));
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
