package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildRefusedException;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rebuilds that must not begin, or not go on. */
class RefusedRebuildIT {

    private static final RebuildOptions AT_ONCE = new RebuildOptions(false, false, Duration.ZERO);

    private final TopicNames topics = TestKafka.freshTopics(RefusedRebuildIT.class);
    private final ProcessorConfig config = FreshConfig.of(RefusedRebuildIT.class, topics, 2);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);
    private final HeardRebuild heard = new HeardRebuild();

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void endsOnceAnotherOneHasTakenOver() {
        processor.startAndAwaitReady();
        submitSome();
        HeardRebuild second = new HeardRebuild();
        heard.onceCaughtUp = () -> {
            second.stopOnceFilled = true;
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rebuild(AT_ONCE, second));
        };

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("another rebuild of this store was started and has taken over");

        assertThat(second.lines).containsExactly("begins 1 to 2 true");
        assertThat(heard.lines).containsExactly("begins 1 to 2 false");
    }

    @Test
    void refusesALogThatHasLostItsBeginningUnlessTold() throws Exception {
        processor.startAndAwaitReady();
        List<Long> known = submitSome();
        processor.stop();
        int partition = ProjectKey.partition(1, 2);
        new TopicUnderTest(TestKafka.properties(), topics).deleteRecordsBefore(partition, 1);

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("partition " + partition + " begins at offset 1");
        rebuild(new RebuildOptions(true, false, Duration.ZERO), heard);

        processor.startAndAwaitReady();
        await().untilAsserted(() ->
                assertThat(processor.get(1, known.get(0)).status()).isEqualTo(404));
        assertThat(processor.get(1, known.get(1)).status()).isEqualTo(200);
    }

    @Test
    void refusesProgressThatCannotBeReadUntilItIsDeleted() throws Exception {
        processor.startAndAwaitReady();
        submitSome();
        processor.stop();
        processor.collection("progress").updateMany(new Document(), new Document("$set", new Document("next", "far")));

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageMatching(
                        "progress \\{\"_id\": [01]} cannot be read by this version: .*of unexpected type STRING\\)");
        processor.collection("progress").deleteMany(new Document());
        rebuild(AT_ONCE, heard);
        assertThat(heard.lines).contains("live 2");
    }

    @Test
    void refusesALogThatEndsBeforeWhatTheStoreHasReached() {
        processor.startAndAwaitReady();
        submitSome();
        processor.stop();
        processor.collection("progress").updateMany(new Document(), new Document("$inc", new Document("next", 1000L)));

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageStartingWith("the log is not the one that the store was filled from: partition ");
    }

    @Test
    void rejectsNothingThatIsStoredUnlessTold() throws Exception {
        processor.startAndAwaitReady();
        submitSome();
        long stored = storedByWiderRules();

        assertRejects(stored, "With --accept-rejections the rebuild goes on");
        rebuild(new RebuildOptions(false, true, Duration.ZERO), heard);

        assertThat(heard.lines).containsExactly("begins 1 to 2 false", "begins 1 to 2 true", "live 2", "dropped 1");
        await().untilAsserted(
                        () -> assertThat(processor.get(1, stored).status()).isEqualTo(404));
    }

    @Test
    void beginsAnewForRulesThatRejectNothingThatIsStored() throws Exception {
        processor.startAndAwaitReady();
        long stored = storedByWiderRules();
        assertRejects(stored, "With --accept-rejections the rebuild goes on");

        assertRejects(stored, "What was filled is dropped");

        assertThat(processor.collection("submissions_2").countDocuments()).isZero();
        processor.collection("submissions").deleteOne(new Document("_id", stored));
        rebuild(AT_ONCE, heard);
        assertThat(heard.lines).endsWith("begins 1 to 3 false", "live 3", "dropped 1");
    }

    @Test
    void makesNoDeadLetterOfWhatIsStored() {
        processor.startAndAwaitReady();
        long stored = processor.submit(1, "no JSON");
        processor.awaitProgress(stored);
        storeAsByWiderRules(stored);

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("1 in all, first submission " + stored + " of project 1 (JSON parse error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{generation: 3, last: 2, retired: []}",
                "{generation: 1, last: 2, retired: [], rebuild: {generation: 2, owner: 'newer', form: 2}}"
            })
    void refusesAStateOfTheProjectionThatItDoesNotUnderstand(String state) {
        processor.startAndAwaitReady();
        processor.stop();
        processor.collection("projection").insertOne(BsonDocument.parse(state).append("_id", new BsonString("live")));

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("projection {\"_id\": \"live\"} cannot be read by this version");
    }

    @Test
    void rejectsWhatStandsForAnotherRecordOrIsMissing() throws Exception {
        processor.startAndAwaitReady();
        long missing = processor.submit(1, "{}");
        long ofAnother = processor.submit(1, "{}");
        List.of(missing, ofAnother).forEach(processor::awaitProgress);
        processor.collection("submissions").deleteOne(new Document("_id", missing));
        storeAsByWiderRules(ofAnother);
        set(ofAnother, new Document("received", Date.from(Instant.EPOCH)));

        rebuild(AT_ONCE, heard);

        assertThat(heard.lines).contains("live 2");
        assertThat(processor.collection("submissions_2").countDocuments(new Document("kind", "rejected")))
                .isEqualTo(2);
    }

    @Test
    void saysThatItRejectsWhatProcessorsHaveStoredByWiderRulesWhileItSwitchedOver() throws Exception {
        processor.startAndAwaitReady();
        submitSome();
        AtomicLong stored = new AtomicLong();
        heard.onceCaughtUp = () -> stored.set(storedByWiderRules());

        rebuild(AT_ONCE, heard);

        assertThat(heard.lines).hasSize(4).endsWith("dropped 1");
        assertThat(heard.lines.get(2))
                .startsWith(
                        "rejects more: the rules of this version reject what is stored now: 1 in all, first submission "
                                + stored + " of project 1");
    }

    private void assertRejects(long first, String whatNow) {
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageStartingWith(
                        "the rules of this version reject what is stored now: 1 in all, first submission " + first
                                + " of project 1 ({\"analysis_ref\": [")
                .withMessageContaining(whatNow);
        assertThat(processor.get(1, first).status()).isEqualTo(200);
    }

    private long storedByWiderRules() {
        long stored = processor.submit(1, "{\"analysis_ref\":5,\"analysis_type\":\"fortify\"}");
        long rejected = processor.submit(2, "{}");
        List.of(stored, rejected).forEach(processor::awaitProgress);
        storeAsByWiderRules(stored);
        return stored;
    }

    /** Makes a session of a rejected submission, as a version would have done whose rules allow it. */
    private void storeAsByWiderRules(long rejected) {
        set(
                rejected,
                new Document("kind", "session").append("analysis_ref", "5").append("analysis_type", "fortify"));
        processor
                .collection("submissions")
                .updateOne(new Document("_id", rejected), new Document("$unset", new Document("errors", 1)));
    }

    private void set(long id, Document fields) {
        processor.collection("submissions").updateOne(new Document("_id", id), new Document("$set", fields));
    }

    private void rebuild(RebuildOptions options, RebuildListener listener) throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC()).run(options, listener);
    }

    private List<Long> submitSome() {
        List<Long> ids = List.of(
                processor.submit(1, ProcessorUnderTest.body("first")),
                processor.submit(1, ProcessorUnderTest.body("second")));
        ids.forEach(processor::awaitProgress);
        return ids;
    }
}
