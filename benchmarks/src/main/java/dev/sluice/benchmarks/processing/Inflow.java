package dev.sluice.benchmarks.processing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.process.Patience;
import java.time.Duration;

/**
 * The rate at which documents arrive in a collection, counted from outside and in the same way for every writer, after
 * a warm-up.
 *
 * @param cpuMicros the writer's CPU time per document, in microseconds
 */
public record Inflow(double perSecond, double cpuMicros) {

    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final double COUNTED_FROM = 0.3;

    /** What is counted, and for how long. */
    public record Counted(String database, String collection, long target, Duration warmUp, Duration atMost) {

        long now(MongoClient client) {
            MongoDatabase counted = client.getDatabase(database);
            return counted.getCollection(collection).estimatedDocumentCount();
        }
    }

    /** Measures until all documents have arrived or the time limit is reached. */
    public static Inflow measure(MongoClient client, Counted counted, Measured writer) {
        Patience.await("a first document in " + counted.database(), BEGINS_WITHIN, () -> counted.now(client) > 0);
        return between(client, counted, (int) (COUNTED_FROM * counted.target()), writer);
    }

    /** Starts measuring when {@code from} documents have arrived or the warm-up is over. */
    public static Inflow between(MongoClient client, Counted counted, int from, Measured writer) {
        Moment begin = begin(client, counted, from, writer);
        Moment now = begin;
        while (now.count() < counted.target()
                && now.nanos() - begin.nanos() < counted.atMost().toNanos()) {
            Patience.pass(PAUSE);
            now = Moment.of(client, counted, writer);
        }
        double documents = now.count() - begin.count();
        if (documents <= 0) {
            throw new IllegalStateException("nothing came into " + counted + " after the first " + begin.count());
        }
        return new Inflow(
                documents * 1e9 / (now.nanos() - begin.nanos()),
                now.cpu().minus(begin.cpu()).toNanos() / 1e3 / documents);
    }

    private static Moment begin(MongoClient client, Counted counted, int from, Measured writer) {
        long end = System.nanoTime() + counted.warmUp().toNanos();
        Moment now = Moment.of(client, counted, writer);
        while (now.count() < from && now.nanos() < end) {
            Patience.pass(PAUSE);
            now = Moment.of(client, counted, writer);
        }
        return now;
    }

    private record Moment(long count, long nanos, Duration cpu) {

        static Moment of(MongoClient client, Counted counted, Measured writer) {
            return new Moment(counted.now(client), System.nanoTime(), writer.cpu());
        }
    }
}
