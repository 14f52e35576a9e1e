package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.log.LogOffsets;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.CounterAssert;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.AcknowledgedSends;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** A consumer that gets its partitions from the test, and its positions from a real store and topic. */
class PollRoundsIT extends LanesUnderTest {

    private static final int MORE_THAN_LANES_MAY_HOLD = 17 << 20;

    private final TopicNames topics = TestKafka.freshTopics(PollRoundsIT.class);
    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(PollRoundsIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generations generations = new Generations(new MongoTemplate(client, uri.getDatabase()));
    private final SubmissionsTopic topic = new SubmissionsTopic(topics.submissions(), IdBase.NONE);
    private final LogOffsets offsets = new LogOffsets(TestKafka.properties(), topics.submissions(), IdBase.NONE);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            beforeEnds.run();
            return super.endOffsets(partitions, timeout);
        }
    };
    private final MongoProgress stored = new MongoProgress(generations.live());
    private final OwnProgress progress = new OwnProgress();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Runnable beforeEnds = () -> {};

    @AfterEach
    void close() {
        offsets.close();
        client.close();
    }

    @Test
    void goOnWhereTheStoreIsThoughThereIsNoRoomForMoreYet() throws Exception {
        beginAndEnd(0, 10);
        stored.beginAt(QUIET.partition(), 5, null);
        lanes.add(FLOODED, List.of(ofKeyBytes(MORE_THAN_LANES_MAY_HOLD)));
        Turn slow = take();

        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));

        assertThat(consumer.position(QUIET)).isEqualTo(5);
        assertThat(consumer.paused()).containsExactly(QUIET);
        lanes.done(slow, Map.of());
        rounds.setupThreadState(consumer);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void commitHowFarAPartitionHasComeWhenItIsRevoked() throws Exception {
        beginAndEnd(0, 10);
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        progress.passed().advance(generations.live(), Map.of(QUIET.partition(), 0L), Map.of(QUIET.partition(), 8L));

        rounds.onPartitionsRevokedBeforeCommit(consumer, Set.of(QUIET));

        assertThat(consumer.committed(Set.of(QUIET)))
                .extractingByKey(QUIET)
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(8L);
    }

    @Test
    void sayWhatTheLogHasLostThoughKafkaFailsBeforeAPartitionBegins() throws Exception {
        beginAndEnd(5, 5);
        beforeEnds = () -> {
            beforeEnds = () -> {};
            throw new TimeoutException("of Kafka");
        };
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        rest();

        rounds.setupThreadState(consumer);

        assertLost().isEqualTo(5);
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        assertLost().isEqualTo(5);
    }

    @Test
    void skipNothingUnsaidIfAnotherProcessorHasMovedProgressMeanwhile() throws Exception {
        beginAndEnd(10, 20);
        stored.beginAt(QUIET.partition(), 5, null);
        beforeEnds = () -> {
            beforeEnds = () -> {};
            stored.beginAt(
                    QUIET.partition(), 7, stored.read(Set.of(QUIET.partition())).get(QUIET.partition()));
        };
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        assertThat(lanes.isOpen(QUIET)).isFalse();

        rounds.setupThreadState(consumer);

        assertThat(consumer.position(QUIET)).isEqualTo(10);
        assertThat(stored.next(QUIET.partition())).hasValue(10);
    }

    private void beginAndEnd(long begin, long end) throws Exception {
        KafkaTopics.ensure(TestKafka.properties(), topics, ALL.size(), (short) 1);
        consumer.assign(Set.of(QUIET));
        consumer.updateBeginningOffsets(Map.of(QUIET, begin));
        consumer.updateEndOffsets(Map.of(QUIET, end));
    }

    private AbstractDoubleAssert<?> assertLost() {
        return CounterAssert.assertCounter(meters, "sluice.processor.lost");
    }

    private PollRounds rounds() {
        LiveGeneration live = new LiveGeneration(generations);
        MongoHalts halts = new MongoHalts(generations.mongo().getDb(), IdBase.NONE);
        Breaker breaker = new Breaker(BreakerConfig.OFF, halts, Clock.systemUTC());
        ProcessingMetrics metrics = new ProcessingMetrics(meters);
        BatchProcessing processing = new BatchProcessing(() -> {}, topic, breaker, Clock.systemUTC(), 1 << 20);
        OwnPartitions own = new OwnPartitions(progress, breaker);
        AcknowledgedSends sends = new AcknowledgedSends(
                new DefaultKafkaProducerFactory<>(TestKafka.properties()), Duration.ofSeconds(10));
        LiveProcessing inLive = new LiveProcessing(
                processing,
                live,
                new KafkaDeadLetters(sends, topics.deadLetters()),
                new KafkaOutcomes(sends, topics.outcomes(), IdBase.NONE),
                progress,
                metrics);
        return new PollRounds(lanes, new LaneOpening(lanes, offsets, own, inLive), offsets, own, inLive, health);
    }

    private static ConsumerRecord<byte[], byte[]> ofKeyBytes(int bytes) {
        return new ConsumerRecord<>(
                FLOODED.topic(),
                FLOODED.partition(),
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                bytes,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
