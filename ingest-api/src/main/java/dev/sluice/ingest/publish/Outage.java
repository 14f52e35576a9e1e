package dev.sluice.ingest.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Remembers that Kafka acknowledges nothing of a partition, so that not every request waits for its whole timeout with its body in memory, which
 * all partitions share: one submission at a time tries, at most one a second, and the others are refused at once, until one succeeds.
 */
final class Outage {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong lastTry;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile long lastAcknowledged;
    private volatile boolean away;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAcknowledged = nanoTime.getAsLong();
        this.lastTry = new AtomicLong(lastAcknowledged);
    }

    /** Whether a submission may be sent; {@link #end} must follow if so. */
    boolean begin() {
        if (away && !isTurn()) {
            return false;
        }
        begun.incrementAndGet();
        return true;
    }

    void end() {
        begun.decrementAndGet();
    }

    /** Notes what became of a submission that was begun at a time. */
    void after(Publication publication, long beginning) {
        if (publication.isInTheLog()) {
            lastAcknowledged = nanoTime.getAsLong();
            away = false;
        } else if (lastAcknowledged - beginning < 0 && isOfThePartition(publication)) {
            away = true;
        }
    }

    /** The producer usually rejects an oversized record without asking Kafka, and its memory may be full of what goes to other partitions. */
    private static boolean isOfThePartition(Publication failure) {
        return !(failure instanceof Publication.TooLarge || failure instanceof Publication.Overload);
    }

    private boolean isTurn() {
        long now = nanoTime.getAsLong();
        long last = lastTry.get();
        return begun.get() == 0 && now - last >= PAUSE_NANOS && lastTry.compareAndSet(last, now);
    }
}
