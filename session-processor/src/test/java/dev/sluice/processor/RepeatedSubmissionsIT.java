package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that repeat others, by key or as resubmissions. Most are sent while the processor is stopped, so that one batch contains them. */
class RepeatedSubmissionsIT {

    private final TopicNames topics = TestKafka.freshTopics(RepeatedSubmissionsIT.class);
    private final ProcessorUnderTest processor =
            new ProcessorUnderTest(FreshConfig.of(RepeatedSubmissionsIT.class, topics, 3));
    private final SentRecords sent = new SentRecords(processor);

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void storesOneSessionForAKeyHoweverOftenItIsSubmitted() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(keyed(1, "once", SentRecords.sessionWith("fail")));
        }
        long otherProject = keyed(2, "once", SentRecords.sessionWith("fail").replace("1-T6", "2-T6"));
        processor.startAndAwaitReady();
        for (int i = 0; i < 25; i++) {
            ids.add(keyed(1, "once", SentRecords.sessionWith("fail")));
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
            assertThat(sent.document(id).getInt64("of").getValue()).isEqualTo(ids.getFirst());
            assertThat(sent.document(id).getString("key").getValue()).isEqualTo("once");
        });
        assertThat(sent.task().getInt64("notes").getValue()).isEqualTo(1);
        BsonDocument counts = sent.counts(1);
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
        processor
                .assertCounted("sluice.processor.records", "outcome", "duplicate")
                .isEqualTo(49);
    }

    @Test
    void rejectsAnotherBodyTaskOrTypeUnderTheSameKey() {
        long faulty = keyed(1, "k", "{}");
        long first = keyed(1, "k", SentRecords.sessionWith("fail"));
        long other = keyed(1, "k", SentRecords.sessionWith("pass"));
        long note = noteWith(1, "T6", "k2", "{" + SentRecords.NOTE + "}");
        long otherTask = noteWith(1, "T7", "k2", "{" + SentRecords.NOTE + "}");
        long repeated = noteWith(1, "T6", "k2", "{" + SentRecords.NOTE + "}");
        processor.startAndAwaitReady();
        processor.awaitProgress(repeated);

        assertThat(List.of(faulty, first, other, note, otherTask, repeated))
                .extracting(processor::kind)
                .containsExactly("rejected", "session", "rejected", "note", "rejected", "duplicate");
        assertThat(sent.document(other).getDocument("errors"))
                .isEqualTo(
                        BsonDocument.parse(
                                "{detail: 'The Idempotency-Key was used with another body. Another submission needs another key.'}"));
    }

    @Test
    void storesARejectedNoteOnceWhenItIsPutBackOnTheLogTwice() {
        long ahead = nextIdAfter(processor.submit(1, SentRecords.sessionWith("fail")), 2);
        String body = "{\"analysis_session\":" + ahead + "," + SentRecords.NOTE + "}";
        long rejected = sent.note(1, body);
        long session = processor.submit(1, SentRecords.sessionWith("fail"));
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
        assertThat(sent.document(first).getInt64("resubmission_of").getValue()).isEqualTo(rejected);
        assertThat(sent.document(chained).getInt64("resubmission_of").getValue())
                .isEqualTo(rejected);
        assertThat(sent.document(chained).getInt64("of").getValue()).isEqualTo(first);
    }

    private static long nextIdAfter(long id, int records) {
        return id + 256L * records;
    }

    private long noteWith(long project, String task, String key, String body) {
        return sent.send(
                project, body, SentRecords.headers("analysis-note.create", "task", task, "idempotency-key", key));
    }

    private long keyed(long project, String key, String body) {
        return sent.send(project, body, SentRecords.headers("analysis-session.create", "idempotency-key", key));
    }

    private long resubmit(long project, String body, long of) {
        return sent.send(
                project,
                body,
                SentRecords.headers("analysis-note.create", "task", "T6", "resubmission-of", Long.toString(of)));
    }
}
