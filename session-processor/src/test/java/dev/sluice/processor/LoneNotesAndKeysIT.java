package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records whose outcome depends on other records. They are sent while the processor is stopped, so that one batch contains them all. */
class LoneNotesAndKeysIT {

    private static final String NOTE =
            "\"behaviour\":\"replace\",\"confidence\":\"high\",\"findings\":[1],\"status\":\"pass\"";

    private final TopicNames topics = TestKafka.freshTopics(LoneNotesAndKeysIT.class);
    private final ProcessorUnderTest processor =
            new ProcessorUnderTest(FreshConfig.of(LoneNotesAndKeysIT.class, topics, 3));

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void storesANoteForASessionOfTheSameBatchAndForAnEarlierOne() {
        long session = processor.submit(1, sessionWith("fail"));
        long inBatch = note(1, "{\"analysis_session\":" + session + "," + NOTE + "}");
        processor.startAndAwaitReady();
        processor.awaitProgress(inBatch);

        long later = note(1, "{" + NOTE + ",\"analysis_session\":" + session + "}");
        long manual = note(1, "{" + NOTE.replace("pass", "partial") + ",\"finding_ref\":\"r\"}");
        processor.awaitProgress(manual);

        assertThat(List.of(processor.kind(inBatch), processor.kind(later), processor.kind(manual)))
                .containsOnly("note");
        BsonDocument stored = document(later);
        assertThat(stored.getString("analysis_type").getValue()).isEqualTo("fortify");
        assertThat(stored.getInt64("analysis_session").getValue()).isEqualTo(session);
        assertThat(stored.getArray("notes"))
                .containsExactly(BsonDocument.parse(
                        "{task: 'T6', behaviour: 'replace', confidence: 'high'," + " findings: [1], status: 'pass'}"));
        assertThat(document(manual).getString("analysis_type").getValue()).isEqualTo("manual");
        assertThat(document(manual)).doesNotContainKey("analysis_session");
        BsonDocument task = task();
        assertThat(task.getString("status").getValue()).isEqualTo("partial");
        assertThat(task.getDocument("standing")).isEqualTo(BsonDocument.parse("{manual: 'partial'}"));
        assertThat(task.getInt64("notes").getValue()).isEqualTo(4);
        assertThat(processor.tasksWith(1, "T6").getInt64("position").getValue()).isEqualTo(manual);
        assertThat(task.getDateTime("updated")).isEqualTo(document(manual).getDateTime("received"));
    }

    @Test
    void foldsNotesInTheOrderOfTheLogWhetherEmbeddedOrAlone() {
        note(1, "{" + NOTE + "}");
        processor.submit(1, sessionWith("none"));
        note(1, "{" + NOTE.replace("replace", "combine").replace("pass", "partial") + "}");
        long last = processor.submit(1, sessionWith("fail").replace("combine", "replace-scanner"));
        processor.startAndAwaitReady();
        processor.awaitProgress(last);

        assertThat(task().getDocument("standing")).isEqualTo(BsonDocument.parse("{fortify: 'fail', manual: 'pass'}"));
        assertThat(task().getString("status").getValue()).isEqualTo("fail");
    }

    @Test
    void rejectsANoteOfASessionThatItsProjectDoesNotHave() {
        long foreign = processor.submit(2, sessionWith("fail"));
        long invalid = processor.submit(1, "{}");
        long other = note(1, "{" + NOTE + "}");
        List<Long> ids = new ArrayList<>();
        for (long session : new long[] {foreign, invalid, other, 1L << 40, -5, 0, 3}) {
            ids.add(note(1, "{\"analysis_session\":" + session + "," + NOTE + "}"));
        }
        processor.startAndAwaitReady();
        processor.awaitProgress(ids.getLast());

        assertThat(ids).allSatisfy(id -> assertThat(processor.kind(id)).isEqualTo("rejected"));
        assertThat(document(ids.getFirst()).getDocument("errors"))
                .isEqualTo(BsonDocument.parse(
                        "{analysis_session: ['Invalid pk \"" + foreign + "\" - object does not exist.']}"));
        assertThat(task().getInt64("notes").getValue()).isEqualTo(1);
    }

    @Test
    void putsANoteWithoutATaskAsideAndARecordInAPartitionThatIsNotItsProjects() {
        byte[] body = ("{" + NOTE + "}").getBytes(StandardCharsets.UTF_8);
        int elsewhere = (ProjectKey.partition(1, 3) + 1) % 3;
        List<Long> ids = List.of(
                processor.send(ProjectKey.of(1), body, headers("analysis-note.create", "task", "1-T6")),
                processor.send(ProjectKey.of(1), body, headers("analysis-note.create", "task", "t6")),
                processor.send(ProjectKey.of(1), body, headers("analysis-note.create", "idempotency-key", "k")),
                processor.send(
                        ProjectKey.of(1),
                        body,
                        headers("analysis-note.create", "task", "T6", "idempotency-key", "two\nlines")),
                processor.send(elsewhere, ProjectKey.of(1), body, headers("analysis-note.create", "task", "T6")));
        processor.startAndAwaitReady();
        ids.forEach(processor::awaitProgress);

        assertThat(ids).allSatisfy(id -> assertThat(processor.kind(id)).isEqualTo("dead-letter"));
        assertThat(document(ids.getLast()).getString("reason").getValue())
                .isEqualTo("The record is in partition " + elsewhere + ": expected " + ProjectKey.partition(1, 3)
                        + ", where Java's clients put the key 1 (murmur2)."
                        + " With a client made on librdkafka, set partitioner=murmur2_random.");
    }

    @Test
    void countsForAProjectWhatIsInItsPartitionWhateverIsElsewhereUnderItsKey() {
        int place = ProjectKey.partition(1, 3);
        byte[] wrong = "{}".getBytes(StandardCharsets.UTF_8);
        Headers headers = headers("analysis-session.create");
        List<Long> elsewhere = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            elsewhere.add(processor.send((place + 1) % 3, ProjectKey.of(1), wrong, headers));
            elsewhere.add(processor.send((place + 2) % 3, ProjectKey.of(1), wrong, headers));
        }
        ids.add(processor.send(place, ProjectKey.of(1), wrong, headers));
        processor.startAndAwaitReady();
        elsewhere.forEach(processor::awaitProgress);
        ids.add(processor.send(place, ProjectKey.of(1), wrong, headers));
        ids.forEach(processor::awaitProgress);

        assertThat(counts(1).getDocument("states").getInt64("rejected").getValue())
                .isEqualTo(2);
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(document(id).containsKey("project")).isTrue());
        assertThat(elsewhere)
                .allSatisfy(
                        id -> assertThat(document(id).containsKey("project")).isFalse());
    }

    @Test
    void storesOneSessionForAKeyHoweverOftenItIsSubmitted() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(keyed(1, "once", sessionWith("fail")));
        }
        long otherProject = keyed(2, "once", sessionWith("fail").replace("1-T6", "2-T6"));
        processor.startAndAwaitReady();
        for (int i = 0; i < 25; i++) {
            ids.add(keyed(1, "once", sessionWith("fail")));
        }
        processor.awaitProgress(ids.getLast());
        processor.awaitProgress(otherProject);

        assertThat(ids.stream().map(processor::kind))
                .filteredOn("session"::equals)
                .hasSize(1);
        assertThat(processor.kind(ids.getFirst())).isEqualTo("session");
        assertThat(processor.kind(otherProject)).isEqualTo("session");
        assertThat(ids.subList(1, 50)).allSatisfy(id -> {
            assertThat(processor.kind(id)).isEqualTo("duplicate");
            assertThat(document(id).getInt64("of").getValue()).isEqualTo(ids.getFirst());
            assertThat(document(id).getString("key").getValue()).isEqualTo("once");
        });
        assertThat(task().getInt64("notes").getValue()).isEqualTo(1);
        BsonDocument counts = counts(1);
        assertThat(counts.getDocument("sessions")).isEqualTo(BsonDocument.parse("{fortify: {$numberLong: '1'}}"));
        assertThat(counts.getDocument("states"))
                .isEqualTo(BsonDocument.parse("{stored: {$numberLong: '1'}, rejected: {$numberLong: '0'},"
                        + " duplicate: {$numberLong: '49'}}"));
        assertThat(processor.records(topics.outcomes()).stream()
                        .map(record -> ProcessorUnderTest.json(record.value()))
                        .filter(told -> told.get("state").stringValue().equals("duplicate")))
                .hasSize(49)
                .allSatisfy(
                        told -> assertThat(told.get("duplicate_of").longValue()).isEqualTo(ids.getFirst()));
        assertThat(processor.counted("sluice.processor.records", "outcome", "duplicate"))
                .isEqualTo(49);
    }

    @Test
    void rejectsAnotherBodyTaskOrTypeUnderTheSameKey() {
        long faulty = keyed(1, "k", "{}");
        long first = keyed(1, "k", sessionWith("fail"));
        long other = keyed(1, "k", sessionWith("pass"));
        long note = noteWith(1, "T6", "k2", "{" + NOTE + "}");
        long otherTask = noteWith(1, "T7", "k2", "{" + NOTE + "}");
        long repeated = noteWith(1, "T6", "k2", "{" + NOTE + "}");
        processor.startAndAwaitReady();
        processor.awaitProgress(repeated);

        assertThat(List.of(faulty, first, other, note, otherTask, repeated))
                .extracting(processor::kind)
                .containsExactly("rejected", "session", "rejected", "note", "rejected", "duplicate");
        assertThat(document(other).getDocument("errors"))
                .isEqualTo(
                        BsonDocument.parse(
                                "{detail: 'The Idempotency-Key was used with another body. Another submission needs another key.'}"));
    }

    @Test
    void storesARejectedNoteOnceWhenItIsPutBackOnTheLogTwice() {
        long ahead = nextIdAfter(processor.submit(1, sessionWith("fail")), 2);
        String body = "{\"analysis_session\":" + ahead + "," + NOTE + "}";
        long rejected = note(1, body);
        long session = processor.submit(1, sessionWith("fail"));
        long first = resubmit(1, body, rejected);
        long second = resubmit(1, body, rejected);
        long chained = resubmit(1, body, second);
        long unknown = resubmit(2, body, rejected);
        processor.startAndAwaitReady();
        processor.awaitProgress(chained);
        processor.awaitProgress(unknown);

        assertThat(session).isEqualTo(ahead);
        assertThat(List.of(rejected, first, second, chained, unknown))
                .extracting(processor::kind)
                .containsExactly("rejected", "note", "duplicate", "duplicate", "rejected");
        assertThat(document(first).getInt64("resubmission_of").getValue()).isEqualTo(rejected);
        assertThat(document(chained).getInt64("resubmission_of").getValue()).isEqualTo(rejected);
        assertThat(document(chained).getInt64("of").getValue()).isEqualTo(first);
    }

    private static long nextIdAfter(long id, int records) {
        return id + 256L * records;
    }

    private static String sessionWith(String status) {
        return "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[{\"task\":\"1-T6\",\"behaviour\":\"combine\","
                + "\"confidence\":\"low\",\"findings\":{},\"status\":\"" + status + "\"}]}";
    }

    private long note(long project, String body) {
        return send(project, body, headers("analysis-note.create", "task", "T6"));
    }

    private long noteWith(long project, String task, String key, String body) {
        return send(project, body, headers("analysis-note.create", "task", task, "idempotency-key", key));
    }

    private long keyed(long project, String key, String body) {
        return send(project, body, headers("analysis-session.create", "idempotency-key", key));
    }

    private long resubmit(long project, String body, long of) {
        return send(project, body, headers("analysis-note.create", "task", "T6", "resubmission-of", Long.toString(of)));
    }

    private long send(long project, String body, Headers headers) {
        return processor.send(ProjectKey.of(project), body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Headers headers(String type, String... namesAndValues) {
        Headers headers = new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private BsonDocument document(long id) {
        BsonDocument document = processor.stored(id);
        assertThat(document).isNotNull();
        return document;
    }

    private BsonDocument task() {
        return processor.tasksWith(1, "T6").getDocument("tasks").getDocument("T6");
    }

    private BsonDocument counts(long project) {
        return one("counts", project);
    }

    private BsonDocument one(String collection, Object id) {
        BsonDocument document =
                processor.collection(collection).find(new Document("_id", id)).first();
        assertThat(document).isNotNull();
        return document;
    }
}
