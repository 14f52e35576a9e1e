package dev.sluice.processor.batch;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.ProgressWentBackException;
import dev.sluice.test.history.Submitted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;

/** Processes a history on a disturbed store. Continues from progress, as consumers do, until all of it is processed. */
final class ProcessingUnderTest implements AutoCloseable {

    private static final int LARGEST_BATCH = 12;
    private static final int WRITES_OF_A_BATCH = 8;

    private final List<Submitted> history;
    private final Random random;
    private final MongoDatabase database;
    private final DisturbedStore disturbed;
    private final Generation generation;
    private final PublishedOutcomes published = new PublishedOutcomes();
    // When another primary takes over, a replica set loses unacknowledged writes and nothing else; a standalone process
    // loses other things.
    private final boolean isReplicated;
    private final Map<String, List<Document>> withoutLastWrite = new HashMap<>();
    private BatchProcessing processing;

    ProcessingUnderTest(MongoClient client, String database, List<Submitted> history, Random random) {
        this.history = history;
        this.random = random;
        this.isReplicated = random.nextBoolean();
        this.database = client.getDatabase(database);
        this.disturbed = new DisturbedStore(client, database);
        this.generation = Generation.first(disturbed.database());
        this.processing = processing();
    }

    static long received(int offset) {
        return 1_700_000_000_000L + offset;
    }

    MongoDatabase database() {
        return database;
    }

    void processAll() {
        for (int next = next(); next < history.size(); next = next()) {
            int from = random.nextInt(3) == 0 ? random.nextInt(next + 1) : next;
            disturbNextBatch();
            try {
                process(processing, from);
            } catch (Death _) {
                if (!isReplicated) {
                    loseSome();
                }
                processing = processing();
            } catch (MongoTimeoutException _) {
                failOver(from);
            }
            disturbed.leaveAlone();
        }
    }

    /**
     * Retries a batch after a write that was not acknowledged. Reads before the retry's first write still go to a primary that has what no
     * majority has; the first write goes to the next primary, which lacks it.
     */
    private void failOver(int from) {
        goOn();
        disturbed.disturb(0, disturbance(this::forgetLastWrite, models -> models, () -> {}));
        try {
            process(processing, from);
        } catch (ProgressWentBackException _) {
            goOn();
        }
    }

    private void goOn() {
        MongoProgress progress = processing.progress(generation);
        if (progress.goOn(List.of(0)).isEmpty()) {
            progress.beginAt(0, 0, null);
        }
    }

    private void keepAsItIs() {
        withoutLastWrite.clear();
        for (String name : database.listCollectionNames()) {
            withoutLastWrite.put(name, database.getCollection(name).find().into(new ArrayList<>()));
        }
    }

    private void forgetLastWrite() {
        for (String name : database.listCollectionNames()) {
            database.getCollection(name).deleteMany(new Document());
        }
        withoutLastWrite.forEach((name, documents) -> {
            if (!documents.isEmpty()) {
                database.getCollection(name).insertMany(documents);
            }
        });
    }

    /** Processes the history as one batch, undisturbed. */
    void processAtOnce() {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int offset = 0; offset < history.size(); offset++) {
            batch.add(history.get(offset).at(offset, received(offset)));
        }
        processing.process(batch, generation, published);
    }

    PublishedOutcomes published() {
        return published;
    }

    @Override
    public void close() {
        database.drop();
        published.close();
    }

    /** Simulates the kill of a process. */
    private static final class Death extends RuntimeException {}

    private void process(BatchProcessing processing, int from) {
        int to = Math.min(history.size(), from + 1 + random.nextInt(LARGEST_BATCH));
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            batch.add(history.get(offset).at(offset, received(offset)));
        }
        processing.process(batch, generation, published);
    }

    private int next() {
        return new MongoProgress(generation)
                .next(List.of(0))
                .getOrDefault(0, 0L)
                .intValue();
    }

    /** Like a crashed store with a file per collection: anything unpublished may be missing from one of them. */
    private void loseSome() {
        Set<Long> told = published.ids();
        for (int offset = next(); offset < history.size() && random.nextInt(3) == 0; offset++) {
            if (!told.contains(new SubmissionId(0, offset).value())) {
                database.getCollection("submissions")
                        .deleteOne(new Document("_id", new SubmissionId(0, offset).value()));
            }
        }
    }

    private void disturbNextBatch() {
        int write = random.nextInt(WRITES_OF_A_BATCH);
        switch (random.nextInt(5)) {
            case 0 ->
                disturbed.disturb(write, disturbance(() -> {}, models -> random.nextInt(models + 1), () -> {
                    throw new Death();
                }));
            case 1 -> disturbed.disturb(write, disturbance(this::anotherTakesOver, models -> models, () -> {}));
            case 2 -> disturbed.disturb(write, disturbance(() -> {}, models -> models, this::anotherTakesOver));
            case 3 -> {
                if (isReplicated) {
                    disturbed.disturb(write, disturbance(this::keepAsItIs, models -> models, () -> {
                        throw new MongoTimeoutException("no majority has acknowledged it");
                    }));
                }
            }
            default -> disturbed.leaveAlone();
        }
    }

    /** The disturbed processor continues afterwards without knowing. */
    private void anotherTakesOver() {
        BatchProcessing other = processing();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int next = next();
            if (next < history.size()) {
                process(other, next);
            }
        }
    }

    private static DisturbedStore.Disturbance disturbance(Runnable before, IntUnaryOperator passing, Runnable after) {
        return new DisturbedStore.Disturbance() {
            @Override
            public int before(int models) {
                before.run();
                return passing.applyAsInt(models);
            }

            @Override
            public void after() {
                after.run();
            }
        };
    }

    private BatchProcessing processing() {
        SubmissionsTopic topic = new SubmissionsTopic("submissions", IdBase.NONE);
        topic.seenWith(1);
        return new BatchProcessing(
                disturbed::point,
                topic,
                new Breaker(BreakerConfig.OFF, new MongoHalts(disturbed.database(), IdBase.NONE), Clock.systemUTC()),
                new MongoFaults(disturbed.database()),
                Clock.systemUTC(),
                1 << 20);
    }
}
