package dev.sluice.processor.batch;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.test.TestMongo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/** Processes batches of records into a store of its own, without a log. */
final class Batches implements AutoCloseable {

    static final User USER = new User(7, "bob@example.com", "Bob", "Smith");

    private final int partitions;
    private final MongoClient client;
    private final DisturbedStore store;
    private final Generation generation;
    private final MongoHalts halts;
    private final Breaker breaker;
    private final MongoFaults faults;
    private final List<SubmissionOutcome> told = new CopyOnWriteArrayList<>();
    private final BatchProcessing processing;
    private Runnable whenStored = () -> {};

    Batches(Class<?> test, int partitions, BreakerConfig config) {
        this.partitions = partitions;
        ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(test));
        this.client = MongoClients.create(uri);
        this.store = new DisturbedStore(client, Objects.requireNonNull(uri.getDatabase()));
        this.generation = Generation.first(store.database());
        this.halts = new MongoHalts(generation.database(), IdBase.NONE);
        this.breaker = new Breaker(config, halts, Clock.systemUTC());
        this.faults = new MongoFaults(generation.database());
        this.processing = processing();
    }

    /** Another processor on the same store, without any state. */
    BatchProcessing processing() {
        return processing(IdBase.NONE);
    }

    /** Another processor on the same store, of a log with other ids. */
    BatchProcessing processing(IdBase ids) {
        SubmissionsTopic topic = new SubmissionsTopic("submissions", ids);
        topic.seenWith(partitions);
        return new BatchProcessing(() -> whenStored.run(), topic, breaker, faults, Clock.systemUTC(), 1 << 20);
    }

    void whenStored(Runnable action) {
        whenStored = action;
    }

    Map<Integer, Long> process(List<ConsumerRecord<byte[], byte[]>> records) {
        return process(processing, records);
    }

    Map<Integer, Long> process(BatchProcessing by, List<ConsumerRecord<byte[], byte[]>> records) {
        return by.process(records, generation, this::publish);
    }

    void publish(Generation in, List<DeadLetter> letters, List<SubmissionOutcome> outcomes) {
        // Not remembered from one batch to the next.
        new LiveGeneration(new Generations(in.database())).require(in);
        told.addAll(outcomes);
    }

    DisturbedStore store() {
        return store;
    }

    Generation generation() {
        return generation;
    }

    Breaker breaker() {
        return breaker;
    }

    MongoHalts halts() {
        return halts;
    }

    MongoFaults faults() {
        return faults;
    }

    /** The published outcomes, including repetitions. */
    List<SubmissionOutcome> told() {
        return told;
    }

    MongoProgress progress() {
        return new MongoProgress(generation);
    }

    /** A record of a project in the partition, appended by a leader whose epoch equals the offset. */
    ConsumerRecord<byte[], byte[]> record(int partition, long offset, String body, Headers headers) {
        long project = LongStream.iterate(1, next -> next + 1)
                .filter(one -> ProjectKey.partition(one, partitions) == partition)
                .findFirst()
                .orElseThrow();
        return new ConsumerRecord<>(
                "submissions",
                partition,
                offset,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                0,
                body.length(),
                ProjectKey.of(project),
                body.getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.of(Math.toIntExact(offset)));
    }

    @Override
    public void close() {
        client.close();
    }
}
