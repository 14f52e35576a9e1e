package dev.sluice.ingest.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Remembers that Kafka is unavailable, so that not every request waits for its whole timeout with its body in memory: one submission a second tries,
 * whether the one before has ended or not, and the others are refused at once, until one succeeds.
 */
final class Outage {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong lastTry;
    private volatile boolean away;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastTry = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether a submission may be sent. */
    boolean letsTry() {
        return !away || isTurn();
    }

    /** Notes what became of a submission, and whether any was acknowledged since it was begun. */
    void after(Publication publication, boolean anyAcknowledged) {
        if (publication.isInTheLog()) {
            away = false;
        } else if (!anyAcknowledged && !(publication instanceof Publication.TooLarge)) {
            // The producer usually rejects an oversized record without asking Kafka, so this says nothing about Kafka.
            away = true;
        }
    }

    private boolean isTurn() {
        long now = nanoTime.getAsLong();
        long last = lastTry.get();
        return now - last >= PAUSE_NANOS && lastTry.compareAndSet(last, now);
    }
}
