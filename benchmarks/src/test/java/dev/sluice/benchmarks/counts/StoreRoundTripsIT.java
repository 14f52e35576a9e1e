package dev.sluice.benchmarks.counts;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.AcknowledgedSends;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.task.TaskFields;
import dev.sluice.test.TestMongo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

class StoreRoundTripsIT {

    // The initial chunk size, before the store's speed is known.
    private static final int CHUNK = 128;
    private static final int PARTITION = 0;

    private static final int MOST_COMMANDS = 10;
    private static final double MOST_STORED_BYTES_PER_SUBMITTED = 1.7;
    private static final double MOST_TASK_DOCUMENTS_PER_SESSION = 1.0;
    private static final int MOST_OUTCOME_BYTES = 620;

    private final SentCommands sent = new SentCommands();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(Map.of()) {
        @Override
        protected Producer<byte[], byte[]> createRawProducer(Map<String, Object> settings) {
            return producer;
        }
    };
    private final ConnectionString store = new ConnectionString(TestMongo.freshDatabase(StoreRoundTripsIT.class));
    private final String database = Objects.requireNonNull(store.getDatabase());
    private MongoClient client;
    private BatchProcessing processing;

    @BeforeEach
    void connect() {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(store)
                .addCommandListener(sent)
                .build());
        begin();
    }

    /** Resets the recorded commands and the known state of the store. */
    private void begin() {
        processing = processing(client);
        sent.forget();
    }

    @AfterEach
    void end() {
        client.getDatabase(database).drop();
        client.close();
        producers.destroy();
    }

    @Test
    void sendsFewCommandsForAChunk() {
        process(0, SessionSize.SMALL, CHUNK);
        begin();

        process(CHUNK, SessionSize.SMALL, CHUNK);

        assertThat(sent.names()).hasSizeLessThanOrEqualTo(MOST_COMMANDS);
    }

    @Test
    void changesFewDocumentsForTheTasksOfASession() {
        process(0, SessionSize.TYPICAL, CHUNK);
        begin();

        process(CHUNK, SessionSize.TYPICAL, CHUNK);

        double perSession = (double) sent.written(TaskFields.COLLECTION) / CHUNK;
        assertThat(perSession).isPositive().isLessThanOrEqualTo(MOST_TASK_DOCUMENTS_PER_SESSION);
    }

    @Test
    void sendsTheStoreLessThanTwiceWhatWasSubmitted() {
        process(0, SessionSize.TYPICAL, CHUNK);
        begin();

        long submitted = process(CHUNK, SessionSize.TYPICAL, CHUNK);

        assertThat((double) sent.bytes() / submitted).isLessThanOrEqualTo(MOST_STORED_BYTES_PER_SUBMITTED);
    }

    @Test
    void tellsOutcomesInFewBytes() {
        process(0, SessionSize.SMALL, CHUNK);

        long bytes =
                producer.history().stream().mapToLong(StoreRoundTripsIT::length).sum();

        assertThat(bytes / CHUNK).isLessThanOrEqualTo(MOST_OUTCOME_BYTES);
    }

    /** Processes {@code count} sessions and returns the total size of their bodies. */
    private long process(long from, SessionSize size, int count) {
        Workload workload = new Workload(size, Workload.SEED + from);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            Session session = workload.next();
            bytes += session.body().length;
            records.add(consumed(FullLog.record("submissions", session), from + i));
        }
        processing.process(records, Generation.first(client.getDatabase(database)), this::publish);
        return bytes;
    }

    private void publish(Generation in, List<DeadLetter> letters, List<SubmissionOutcome> outcomes) {
        AcknowledgedSends sends = new AcknowledgedSends(producers, Duration.ofSeconds(30));
        new KafkaDeadLetters(sends, "dead-letters").send(letters);
        new KafkaOutcomes(sends, "outcomes", IdBase.NONE).send(outcomes);
    }

    private BatchProcessing processing(MongoClient client) {
        SubmissionsTopic topic = new SubmissionsTopic("submissions", IdBase.NONE);
        topic.seenWith(1);
        return new BatchProcessing(
                StoreDurability.BY_ACKNOWLEDGEMENT,
                topic,
                new Breaker(
                        BreakerConfig.DEFAULT,
                        new MongoHalts(client.getDatabase(database), IdBase.NONE),
                        Clock.systemUTC()),
                new MongoFaults(client.getDatabase(database)),
                Clock.systemUTC(),
                1 << 20);
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> produced, long offset) {
        return new ConsumerRecord<>(
                produced.topic(),
                PARTITION,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.LOG_APPEND_TIME,
                produced.key().length,
                produced.value().length,
                produced.key(),
                produced.value(),
                produced.headers(),
                Optional.empty());
    }

    private static long length(ProducerRecord<byte[], byte[]> record) {
        long length = (long) record.key().length + record.value().length;
        for (var header : record.headers()) {
            length += header.key().length() + header.value().length;
        }
        return length;
    }
}
