package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.CounterAssert;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.AcknowledgedSends;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.service.offsets.LogOffsets;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** A consumer that gets its partitions from the test, and its positions from a real store and topic. */
class PollRoundsIT extends LanesUnderTest {

    private static final int MORE_THAN_LANES_MAY_HOLD = 17 << 20;

    private final TopicNames topics = TestKafka.freshTopics(PollRoundsIT.class);
    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(PollRoundsIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generations generations = new Generations(client.getDatabase(uri.getDatabase()));
    private final SubmissionsTopic topic = new SubmissionsTopic(topics.submissions(), IdBase.NONE);
    private final KafkaProxies kafka =
            KafkaProxies.of(String.valueOf(TestKafka.properties().get("bootstrap.servers")));
    private final LogOffsets offsets = new LogOffsets(
            Map.of("bootstrap.servers", kafka.bootstrapServers()), "test", topics.submissions(), IdBase.NONE);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final MongoProgress stored = new MongoProgress(generations.live());
    private final OwnProgress progress = new OwnProgress();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        offsets.close();
        kafka.close();
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
        roundsUntilOpen(rounds);

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
        kafka.hooks().at(1, "LIST_OFFSETS earliest", Moment.ANSWERED, _ -> {
            kafka.hooks().atEach("LIST_OFFSETS", Moment.BEFORE, _ -> Then.CUT);
            return Then.PASS;
        });
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        roundsUntil(rounds, () -> !health.state().ready());
        assertThat(lanes.toOpen(ALL)).doesNotContain(QUIET);
        kafka.hooks().clear();
        rest();

        roundsUntilOpen(rounds);

        assertLost().isEqualTo(5);
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        roundsUntilOpen(rounds);
        assertLost().isEqualTo(5);
    }

    @Test
    void skipNothingUnsaidIfAnotherProcessorHasMovedProgressMeanwhile() throws Exception {
        beginAndEnd(10, 20);
        stored.beginAt(QUIET.partition(), 5, null);
        Hook moved = beforeEnds(() -> stored.beginAt(
                QUIET.partition(), 7, stored.read(Set.of(QUIET.partition())).get(QUIET.partition())));
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));

        roundsUntilOpen(rounds);

        assertThat(moved.happened()).isOne();
        assertThat(consumer.position(QUIET)).isEqualTo(10);
        assertThat(stored.next(QUIET.partition())).hasValue(10);
        assertLost().isEqualTo(5 + 3);
    }

    @Test
    void doNotWaitForKafkaAndForgetWhatItSaidBeforeAnAssignment() throws Exception {
        beginAndEnd(0, 10);
        stored.beginAt(QUIET.partition(), 5, null);
        CountDownLatch answered = new CountDownLatch(1);
        Hook asked = beforeEnds(answered::await);
        PollRounds rounds = rounds();
        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        roundsUntil(rounds, () -> asked.happened() == 1);
        stored.beginAt(
                QUIET.partition(), 7, stored.read(Set.of(QUIET.partition())).get(QUIET.partition()));

        rounds.onPartitionsAssigned(consumer, Set.of(QUIET));
        answered.countDown();
        roundsUntilOpen(rounds);

        assertThat(consumer.position(QUIET)).isEqualTo(7);
    }

    private Hook beforeEnds(CheckedRunnable action) {
        return kafka.hooks().at(1, "LIST_OFFSETS latest", Moment.BEFORE, _ -> {
            action.run();
            return Then.PASS;
        });
    }

    private interface CheckedRunnable {
        void run() throws Exception;
    }

    private void roundsUntilOpen(PollRounds rounds) {
        roundsUntil(rounds, () -> lanes.isOpen(QUIET));
    }

    private void roundsUntil(PollRounds rounds, BooleanSupplier reached) {
        await().until(() -> {
            rounds.setupThreadState(consumer);
            return reached.getAsBoolean();
        });
    }

    private void beginAndEnd(long begin, long end) throws Exception {
        KafkaTopics.ensure(TestKafka.properties(), topics, ALL.size(), (short) 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(TestKafka.properties())) {
            for (long i = 0; i < end; i++) {
                producer.send(new ProducerRecord<>(topics.submissions(), QUIET.partition(), new byte[0], new byte[0]))
                        .get();
            }
            TopicPartition partition = new TopicPartition(topics.submissions(), QUIET.partition());
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(begin)))
                    .all()
                    .get();
        }
        consumer.assign(Set.of(QUIET));
    }

    private AbstractDoubleAssert<?> assertLost() {
        return CounterAssert.assertCounter(meters, "sluice.processor.lost");
    }

    private PollRounds rounds() {
        LiveGeneration live = new LiveGeneration(generations);
        MongoHalts halts = new MongoHalts(generations.database(), IdBase.NONE);
        Breaker breaker = new Breaker(BreakerConfig.OFF, halts, Clock.systemUTC());
        ProcessingMetrics metrics = new ProcessingMetrics(meters);
        BatchProcessing processing = new BatchProcessing(
                () -> {}, topic, breaker, new MongoFaults(generations.database()), Clock.systemUTC(), 1 << 20);
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
