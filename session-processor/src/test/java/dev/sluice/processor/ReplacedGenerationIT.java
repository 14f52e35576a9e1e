package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Updates;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildRefusedException;
import dev.sluice.processor.rebuild.RebuildSummary;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is still at work in a generation while a rebuild replaces it, and what a rebuild finds of earlier ones. */
class ReplacedGenerationIT {

    private static final RebuildOptions AT_ONCE = new RebuildOptions(false, false, Duration.ZERO);

    private final TopicNames topics = TestKafka.freshTopics(ReplacedGenerationIT.class);
    private final ProcessorConfig config = FreshConfig.of(ReplacedGenerationIT.class, topics, 1);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);
    private final HeardRebuild heard = new HeardRebuild();

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void publishesOneOutcomeThoughATurnHangsUntilItsGenerationIsDropped() throws Exception {
        // Not started, as if the process were paused: nothing refreshes what it knows.
        LiveGeneration paused = new LiveGeneration(new Generations(processor.database()));
        Generation former = paused.current();
        AtomicBoolean isToHang = new AtomicBoolean();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        processor.start(() -> {
            if (isToHang.getAndSet(false)) {
                hangs.countDown();
                awaitOpen(goesOn);
            }
        });
        processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("before")));
        isToHang.set(true);
        long id = processor.submit(1, ProcessorUnderTest.body("hangs"));
        awaitOpen(hangs);

        rebuild(new RebuildOptions(false, false, LiveGeneration.KNOWN_FOR.plusSeconds(1)));
        goesOn.countDown();

        assertThatExceptionOfType(OutdatedGenerationException.class).isThrownBy(() -> paused.require(former));
        awaitProgressOfSecond(id);
        assertThat(outcomesOf(id)).hasSize(1);
    }

    @Test
    void letsAnAuditOfItEndWithoutAResult() {
        submitSome();

        assertThatExceptionOfType(AuditFailedException.class)
                .isThrownBy(() -> new Audit(config.kafka(), config.topics(), config.store())
                        .run(100, (records, of) -> rebuildUninterrupted()))
                .withMessageContaining("replaced by a rebuild");

        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void takesNothingOverThatARestoreHasLeft() throws Exception {
        submitSome();
        stopOneOnceFilled();
        processor.collection("submissions_2").deleteMany(new Document());
        processor.collection("projection").deleteMany(new Document());

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE))
                .withMessageContaining("progress_2");

        List.of("keys_2", "verifications_2", "counts_2", "progress_2")
                .forEach(name -> processor.collection(name).drop());
        rebuild(AT_ONCE);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{$set: {leader_epoch: 99}}", "{$inc: {next: NumberLong(2)}}", "{$inc: {next: NumberLong(1000)}}"
            })
    void isNotFilledFurtherOnceTheLogHasOtherRecordsThereOrNone(String change) throws Exception {
        submitSome();
        stopOneOnceFilled();
        abortATransaction();
        // As if another leader had taken the records that are there now, or there were only others' markers, or none.
        processor.collection("progress_2").updateMany(new Document(), BsonDocument.parse(change));

        assertGivenUp();
    }

    /** Of which its progress does not tell. */
    @Test
    void isNotFilledFurtherIfItHasAnotherRecordStored() throws Exception {
        submitSome();
        stopOneOnceFilled();
        processor.collection("progress_2").deleteMany(new Document());
        processor
                .collection("submissions_2")
                .updateMany(new Document(), Updates.set("received", Date.from(Instant.EPOCH)));

        assertGivenUp();
    }

    private void assertGivenUp() throws InterruptedException {
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE))
                .withMessageContaining("run the rebuild again");

        assertThat(processor.collection("submissions_2").countDocuments()).isZero();
        rebuild(AT_ONCE);
        assertThat(heard.lines).contains("live 3");
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void isFilledFurtherThoughTheLogHasLostWhatItHasAlready() throws Exception {
        submitSome();
        stopOneOnceFilled();
        new TopicUnderTest(config.kafka(), topics).deleteRecordsBefore(0, 2);

        rebuild(AT_ONCE);

        assertThat(heard.lines).contains("live 2");
        assertThat(processor.collection("submissions_2").countDocuments()).isEqualTo(3);
    }

    @Test
    void staysIfItCannotBeDroppedAndTheRebuildHasSucceeded() throws Exception {
        submitSome();
        heard.onceLive = () -> processor
                .collection("progress")
                .updateMany(new Document(), BsonDocument.parse("{$set: {next: 'unreadable'}}"));

        assertThat(rebuild(AT_ONCE).generation()).isEqualTo(2);

        assertThat(heard.lines).containsSubsequence("live 2", "old is left").doesNotContain("dropped 1");
        assertThat(processor.audit().flaws()).isEmpty();
        rebuild(AT_ONCE);
        assertThat(heard.lines).contains("dropped 1", "dropped 2");
    }

    /** Records arrive as fast as one round of the rebuild takes them. */
    @Test
    void isReplacedThoughTheRebuildNeverQuiteCatchesUp() throws Exception {
        int round = 1100;
        submitSome();
        try (ExecutorService submitters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> more =
                    Collections.nCopies(4 * round, () -> processor.submit(1, ProcessorUnderTest.body("more")));
            for (Future<Long> submitted : submitters.invokeAll(more)) {
                submitted.get();
            }
        }
        BsonDocument further = BsonDocument.parse("{$inc: {next: NumberLong(" + round + ")}}");
        processor.collection("progress").updateMany(new Document(), further);
        AtomicInteger left = new AtomicInteger(3);
        heard.onceCaughtUp = () -> {
            if (left.getAndDecrement() > 0) {
                processor.collection("progress").updateMany(new Document(), further);
            }
        };

        RebuildSummary summary = rebuild(AT_ONCE);

        assertThat(summary.records()).isLessThan(4L * round);
    }

    @Test
    void isWholeThoughTheRebuildThatBeganItWritesToItOnceItIsLive() throws Exception {
        submitSome();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        StoreDurability suspending = () -> {
            if (isFirst.getAndSet(false)) {
                rebuildUninterrupted();
                processor.start();
                awaitProgressOfSecond(processor.submit(1, ProcessorUnderTest.body("after the switch")));
            }
        };

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> new Rebuild(config, suspending, Clock.systemUTC()).run(AT_ONCE, RebuildListener.NONE))
                .withMessageContaining("has taken over");

        assertThat(heard.lines).containsExactly("begins 1 to 2 true", "live 2", "dropped 1");
        awaitProgressOfSecond(processor.submit(1, ProcessorUnderTest.body("after both")));
        assertThat(processor.audit().flaws()).isEmpty();
    }

    /** Waits until three submissions are processed, and stops the processor. */
    private void submitSome() {
        processor.start();
        for (int i = 0; i < 3; i++) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("some " + i)));
        }
        processor.stop();
    }

    /** Appends a record and a marker, neither of which consumers get. */
    private void abortATransaction() throws Exception {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.submissions());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topics.submissions(), 0, null, new byte[0]))
                    .get();
            producer.abortTransaction();
        }
    }

    private void stopOneOnceFilled() {
        heard.stopOnceFilled = true;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rebuild(AT_ONCE));
        heard.stopOnceFilled = false;
    }

    private RebuildSummary rebuild(RebuildOptions options) throws InterruptedException {
        return new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC()).run(options, heard);
    }

    private void rebuildUninterrupted() {
        try {
            rebuild(AT_ONCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitProgressOfSecond(long id) {
        await().until(() -> processor
                        .collection("progress_2")
                        .countDocuments(BsonDocument.parse(
                                "{next: {$gt: NumberLong(" + SubmissionId.of(id).position() + ")}}"))
                == 1);
    }

    private List<Long> outcomesOf(long id) {
        return processor.records(topics.outcomes()).stream()
                .map(ConsumerRecord::value)
                .map(value -> ProcessorUnderTest.json(value).get("id").longValue())
                .filter(told -> told == id)
                .toList();
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
