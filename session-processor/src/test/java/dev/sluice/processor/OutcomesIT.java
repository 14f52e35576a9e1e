package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The published outcomes of records, and the dead letters of records that are no submissions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomesIT {

    private final TopicNames topics = TestKafka.freshTopics(OutcomesIT.class);
    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(OutcomesIT.class, topics, 3));

    @Test
    void keepsARejectedSessionWithEveryError() {
        long project = projects.incrementAndGet();
        long id = processor.submit(project, "{\"analysis_type\":\"x\",\"notes\":[{}]}");
        processor.awaitProgress(id);

        assertThat(processor.get(project, id).status()).isEqualTo(404);
        BsonDocument document = processor.stored(id);
        assertThat(document).isNotNull();
        assertThat(document.getString("kind").getValue()).isEqualTo("rejected");
        assertThat(document.getInt64("project").getValue()).isEqualTo(project);
        assertThat(document.getDocument("errors").getArray("analysis_type").getFirst())
                .hasToString("BsonString{value='\"x\" is not a valid choice.'}");
        assertThat(document.getDocument("errors").getArray("notes")).hasSize(1);
        JsonNode outcome = outcome(id);
        assertThat(outcome.get("state").stringValue()).isEqualTo("rejected");
        assertThat(outcome.get("errors").get("analysis_ref").get(0).stringValue())
                .isEqualTo("This field is required.");
    }

    @Test
    void tellsWhatBecameOfASession() {
        long project = projects.incrementAndGet();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        long id = processor.send(
                ProjectKey.of(project),
                ProcessorUnderTest.body("told").getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, null, trace));
        processor.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("id").longValue()).isEqualTo(id);
        assertThat(outcome.get("session").longValue()).isEqualTo(id);
        assertThat(outcome.get("project").longValue()).isEqualTo(project);
        assertThat(outcome.get("state").stringValue()).isEqualTo("stored");
        assertThat(outcome.get("analysis_type").stringValue()).isEqualTo("fortify");
        assertThat(outcome.get("analysis_ref").stringValue()).isEqualTo("told");
        ConsumerRecord<byte[], byte[]> record = outcomeRecord(id);
        assertThat(record.key()).isEqualTo(ProjectKey.of(project));
        SubmissionId place = SubmissionId.of(id);
        assertThat(SubmissionHeaders.text(record.headers(), "ce_id"))
                .hasValue(place.partition() + "-" + place.position());
        assertThat(SubmissionHeaders.text(record.headers(), "ce_type")).hasValue("analysis-submission.stored");
        assertThat(SubmissionHeaders.text(record.headers(), "traceparent")).hasValue(trace);
    }

    @Test
    void tellsWhichTasksAreVerifiedDifferentlyNow() {
        long project = projects.incrementAndGet();
        processor.submit(project, sessionOf(project, "T1 fail", "T2 pass"));
        long id = processor.submit(project, sessionOf(project, "T3 none", "T2 pass", "T1 pass", "T4 partial"));
        processor.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("verifications"))
                .hasToString(("[{'task':'P-T3','from':null,'to':'none'},{'task':'P-T1','from':'fail','to':'pass'},"
                                + "{'task':'P-T4','from':null,'to':'partial'}]")
                        .replace('\'', '"')
                        .replace("P", Long.toString(project)));
        assertThat(outcome.get("verifications_total").intValue()).isEqualTo(3);
        assertThat(outcome.get("notes")).hasToString("{\"none\":1,\"partial\":1,\"pass\":2,\"fail\":0}");
        assertThat(outcome.get("updater").longValue()).isEqualTo(7);
    }

    @Test
    void listsNoMoreThanFiveHundredTasksAndSaysHowManyThereAre() {
        long project = projects.incrementAndGet();
        String[] notes =
                IntStream.range(0, 777).mapToObj(i -> "T" + i + " fail").toArray(String[]::new);
        long id = processor.submit(project, sessionOf(project, notes));
        processor.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("verifications")).hasSize(500);
        assertThat(outcome.at("/verifications/499/task").stringValue()).isEqualTo(project + "-T499");
        assertThat(outcome.get("verifications_total").intValue()).isEqualTo(777);
        assertThat(outcome.at("/notes/fail").intValue()).isEqualTo(777);
    }

    @Test
    void putsWhatIsNoSubmissionAsideAsItWas() {
        byte[] value = {'{', (byte) 0xFF, 0};
        Headers headers = ProcessorUnderTest.sessionHeaders();
        headers.add("x-own", new byte[] {1, 2});
        long id = processor.send(ProjectKey.of(77), value, headers);
        processor.awaitProgress(id);

        assertThat(processor.kind(id)).isEqualTo("dead-letter");
        ConsumerRecord<byte[], byte[]> letter = deadLetter(id);
        assertThat(letter.key()).isEqualTo(ProjectKey.of(77));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader("x-own").value()).containsExactly(1, 2);
        assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-reason"))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("JSON parse error - Invalid UTF-8"));
        assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-topic"))
                .hasValue(topics.submissions());
    }

    /** A session with notes like {@code T6 pass}, each replacing earlier notes of the same scanner. */
    private static String sessionOf(long project, String... notes) {
        return Stream.of(notes)
                .map(note -> "{\"task\":\"" + project + "-" + note.split(" ", 2)[0]
                        + "\",\"behaviour\":\"replace-scanner\",\"confidence\":\"low\",\"findings\":{},\"status\":\""
                        + note.split(" ", 2)[1] + "\"}")
                .collect(Collectors.joining(
                        ",", "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[", "]}"));
    }

    private JsonNode outcome(long id) {
        return ProcessorUnderTest.json(outcomeRecord(id).value());
    }

    private ConsumerRecord<byte[], byte[]> outcomeRecord(long id) {
        return processor.records(topics.outcomes()).stream()
                .filter(record ->
                        ProcessorUnderTest.json(record.value()).get("id").longValue() == id)
                .findFirst()
                .orElseThrow();
    }

    private ConsumerRecord<byte[], byte[]> deadLetter(long id) {
        SubmissionId place = SubmissionId.of(id);
        return processor.records(topics.deadLetters()).stream()
                .filter(record -> SubmissionHeaders.text(record.headers(), "sluice-dead-letter-partition")
                                .equals(Optional.of(Integer.toString(place.partition())))
                        && SubmissionHeaders.text(record.headers(), "sluice-dead-letter-offset")
                                .equals(Optional.of(Long.toString(place.position()))))
                .findFirst()
                .orElseThrow();
    }
}
