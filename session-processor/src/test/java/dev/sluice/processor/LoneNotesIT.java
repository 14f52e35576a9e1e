package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.ProjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notes whose outcome depends on other records, and records that are where they do not belong. Most are sent while the processor is stopped. */
class LoneNotesIT {

    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(LoneNotesIT.class, 3));
    private final SentRecords sent = new SentRecords(processor);

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void storesANoteForASessionOfTheSameBatchAndForAnEarlierOne() {
        long session = processor.submit(1, SentRecords.sessionWith("fail"));
        long inBatch = sent.note(1, "{\"analysis_session\":" + session + "," + SentRecords.NOTE + "}");
        processor.startAndAwaitReady();
        processor.awaitProgress(inBatch);

        long later = sent.note(1, "{" + SentRecords.NOTE + ",\"analysis_session\":" + session + "}");
        long manual = sent.note(1, "{" + SentRecords.NOTE.replace("pass", "partial") + ",\"finding_ref\":\"r\"}");
        processor.awaitProgress(manual);

        assertThat(List.of(processor.kind(inBatch), processor.kind(later), processor.kind(manual)))
                .containsOnly("note");
        BsonDocument stored = sent.document(later);
        assertThat(stored.getString("analysis_type").getValue()).isEqualTo("fortify");
        assertThat(stored.getInt64("analysis_session").getValue()).isEqualTo(session);
        assertThat(stored.getArray("notes"))
                .containsExactly(BsonDocument.parse(
                        "{task: 'T6', behaviour: 'replace', confidence: 'high'," + " findings: [1], status: 'pass'}"));
        assertThat(sent.document(manual).getString("analysis_type").getValue()).isEqualTo("manual");
        assertThat(sent.document(manual)).doesNotContainKey("analysis_session");
        BsonDocument task = sent.task();
        assertThat(task.getString("status").getValue()).isEqualTo("partial");
        assertThat(task.getDocument("standing")).isEqualTo(BsonDocument.parse("{manual: 'partial'}"));
        assertThat(task.getInt64("notes").getValue()).isEqualTo(4);
        assertThat(processor.tasksWith(1, "T6").getInt64("position").getValue()).isEqualTo(manual);
        assertThat(task.getDateTime("updated")).isEqualTo(sent.document(manual).getDateTime("received"));
    }

    @Test
    void foldsNotesInTheOrderOfTheLogWhetherEmbeddedOrAlone() {
        sent.note(1, "{" + SentRecords.NOTE + "}");
        processor.submit(1, SentRecords.sessionWith("none"));
        sent.note(1, "{" + SentRecords.NOTE.replace("replace", "combine").replace("pass", "partial") + "}");
        long last = processor.submit(1, SentRecords.sessionWith("fail").replace("combine", "replace-scanner"));
        processor.startAndAwaitReady();
        processor.awaitProgress(last);

        assertThat(sent.task().getDocument("standing"))
                .isEqualTo(BsonDocument.parse("{fortify: 'fail', manual: 'pass'}"));
        assertThat(sent.task().getString("status").getValue()).isEqualTo("fail");
    }

    @Test
    void rejectsANoteOfASessionThatItsProjectDoesNotHave() {
        long foreign = processor.submit(2, SentRecords.sessionWith("fail"));
        long invalid = processor.submit(1, "{}");
        long other = sent.note(1, "{" + SentRecords.NOTE + "}");
        List<Long> ids = new ArrayList<>();
        for (long session : new long[] {foreign, invalid, other, 1L << 40, -5, 0, 3}) {
            ids.add(sent.note(1, "{\"analysis_session\":" + session + "," + SentRecords.NOTE + "}"));
        }
        processor.startAndAwaitReady();
        processor.awaitProgress(ids.getLast());

        assertThat(ids).allSatisfy(id -> assertThat(processor.kind(id)).isEqualTo("rejected"));
        assertThat(sent.document(ids.getFirst()).getDocument("errors"))
                .isEqualTo(BsonDocument.parse(
                        "{analysis_session: ['Invalid pk \"" + foreign + "\" - object does not exist.']}"));
        assertThat(sent.task().getInt64("notes").getValue()).isEqualTo(1);
    }

    @Test
    void countsForAProjectWhatIsInItsPartitionWhateverIsElsewhereUnderItsKey() {
        int place = ProjectKey.partition(1, 3);
        byte[] wrong = "{}".getBytes(StandardCharsets.UTF_8);
        Headers headers = SentRecords.headers("analysis-session.create");
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

        assertThat(sent.counts(1).getDocument("states").getInt64("rejected").getValue())
                .isEqualTo(2);
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(sent.document(id).containsKey("project")).isTrue());
        assertThat(elsewhere)
                .allSatisfy(id ->
                        assertThat(sent.document(id).containsKey("project")).isFalse());
    }
}
