package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log deletes records before the processor has come to them. */
class LostRecordsIT {

    private final TopicNames topics = TestKafka.freshTopics(LostRecordsIT.class);
    private final ProcessorConfig config = FreshConfig.of(LostRecordsIT.class, topics, 1);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void areSaidToBeGoneAndProcessingGoesOnBehindThem() throws Exception {
        processor.start().awaitProgress(submit(5));
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put("transactional.id", topics.submissions());
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                LoggedLines said = said()) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topics.submissions(), 0, null, new byte[0]))
                    .get();
            // Nothing after an open transaction can be read.
            long behind = submit(1);
            deleteRecordsBefore(SubmissionId.of(behind).position());
            producer.commitTransaction();

            processor.awaitProgress(behind);
            assertThat(said.all())
                    .anySatisfy(line -> assertThat(line).contains("no longer in the log and were never processed"));
        }
        assertLost().isEqualTo(1);
        await().until(() -> processor.notReady().isEmpty());
    }

    @Test
    void areCountedOnceIfTheyWereGoneBeforeTheFirstStart() throws Exception {
        submit(5);
        deleteRecordsBefore(5);
        restart();
        restart();
        assertLost().isEqualTo(5);

        processor.awaitProgress(submit(1));
        restart();

        assertLost().isEqualTo(5);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void areCountedOnceIfNothingFollowsThem() throws Exception {
        processor.start().awaitProgress(submit(1));
        processor.stop();
        submit(4);
        deleteRecordsBefore(3);
        deleteRecordsBefore(5);
        restart();
        restart();

        assertLost().isEqualTo(4);
        assertThat(processor.audit().flaws()).isEmpty();
        processor.awaitProgress(submit(1));
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void areNotThoseThatOnlyAnInterruptedRebuildHadNotComeTo() throws Exception {
        processor.start().awaitProgress(submit(3));
        HeardRebuild heard = new HeardRebuild();
        heard.stopOnceFilled = true;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rebuild(heard));
        processor.awaitProgress(submit(2));
        processor.stop();
        deleteRecordsBefore(5);

        rebuild(RebuildListener.NONE);
        restart();

        assertLost().isZero();
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void areNotThoseThatARebuildWasToldToLeaveOut() throws Exception {
        processor.start().awaitProgress(submit(3));
        processor.stop();
        deleteRecordsBefore(3);

        rebuild(RebuildListener.NONE);
        restart();

        assertLost().isZero();
    }

    private void rebuild(RebuildListener listener) throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(true, false, Duration.ZERO), listener);
    }

    private void restart() {
        processor.stop();
        try (LoggedLines said = said()) {
            processor.start();
            await().until(() -> said.all().stream().anyMatch(line -> line.startsWith("Consuming from")));
        }
    }

    /** What is logged about positions in the log. */
    private static LoggedLines said() {
        return new LoggedLines("dev.sluice.processor.consume.LaneOpening", Level.INFO);
    }

    private AbstractDoubleAssert<?> assertLost() {
        return processor.assertCounted("sluice.processor.lost");
    }

    /** Returns the id of the last of as many submissions. */
    private long submit(int count) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last = processor.submit(1, ProcessorUnderTest.body("some"));
        }
        return last;
    }

    private void deleteRecordsBefore(long offset) throws Exception {
        new TopicUnderTest(TestKafka.properties(), topics).deleteRecordsBefore(0, offset);
    }
}
