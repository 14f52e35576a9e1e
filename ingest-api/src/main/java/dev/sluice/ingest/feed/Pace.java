package dev.sluice.ingest.feed;

import dev.sluice.http.api.StreamRequest;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Paces a feed to the caller's quotas. Hands over what has been read before it waits, and waits in short steps, so that a feed that is told to end
 * does so soon. A caller with a quota is slowed down rather than refused.
 */
final class Pace {

    private static final Duration STEP = Duration.ofMillis(100);

    private final StreamRequest request;
    private final Window window;
    private final LongConsumer slowed;

    Pace(StreamRequest request, Window window, LongConsumer slowed) {
        this.request = request;
        this.window = window;
        this.slowed = slowed;
    }

    /** Returns when a session of this length may be submitted, or the feed is to end. */
    void await(long bytes) throws InterruptedException {
        Duration wait = request.takeOfQuota(bytes);
        if (wait.isZero()) {
            return;
        }
        window.handOver();
        long start = System.nanoTime();
        try {
            while (wait.isPositive() && !window.isStopped()) {
                Thread.sleep(wait.compareTo(STEP) < 0 ? wait : STEP);
                wait = request.takeOfQuota(bytes);
            }
        } finally {
            slowed.accept(System.nanoTime() - start);
        }
    }
}
