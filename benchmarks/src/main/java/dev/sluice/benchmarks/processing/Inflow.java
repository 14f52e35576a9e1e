package dev.sluice.benchmarks.processing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.process.Patience;
import java.time.Duration;

/**
 * How fast documents come into a collection, counted from outside and in the same way whoever writes them, once that one has got going.
 *
 * @param perSecond documents a second
 * @param cpuMicros what the one that writes them used of the processors, per document
 */
public record Inflow(double perSecond, double cpuMicros) {

    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final double COUNTED_FROM = 0.3;

    /** Where and how long it is counted. */
    public record Counted(String database, String collection, long target, Duration warmUp, Duration atMost) {

        long now(MongoClient client) {
            MongoDatabase counted = client.getDatabase(database);
            return counted.getCollection(collection).estimatedDocumentCount();
        }
    }

    /** Until all are there, or for so long as is counted at most. */
    public static Inflow measure(MongoClient client, Counted counted, Measured writer) {
        Patience.await("a first document in " + counted.database(), BEGINS_WITHIN, () -> counted.now(client) > 0);
        return between(client, counted, (int) (COUNTED_FROM * counted.target()), writer);
    }

    /** From when there are so many, or the warm-up is over. */
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
