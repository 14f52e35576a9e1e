package dev.sluice.ingest.feed;

import dev.sluice.http.api.StreamRequest;
import java.time.Duration;

/**
 * Paces a feed to the caller's quotas. Hands over what has been read before it waits, and waits in short steps, so that a feed that is told to end
 * does so soon.
 */
final class QuotaPace implements Pace {

    private static final Duration STEP = Duration.ofMillis(100);

    private final StreamRequest request;
    private final Window window;
    private final FeedMetrics metrics;

    QuotaPace(StreamRequest request, Window window, FeedMetrics metrics) {
        this.request = request;
        this.window = window;
        this.metrics = metrics;
    }

    @Override
    public void await(long bytes) throws InterruptedException {
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
            metrics.slowed(System.nanoTime() - start);
        }
    }
}
