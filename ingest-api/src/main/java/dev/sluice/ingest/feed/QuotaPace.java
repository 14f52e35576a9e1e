package dev.sluice.ingest.feed;

import dev.sluice.http.api.StreamRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The pace of the caller's quotas. Waits in short steps, so that a feed that is to end does not keep anybody waiting. */
final class QuotaPace implements Pace {

    private static final Duration STEP = Duration.ofMillis(100);

    private final StreamRequest request;
    private final BooleanSupplier stopped;
    private final FeedMetrics metrics;

    QuotaPace(StreamRequest request, BooleanSupplier stopped, FeedMetrics metrics) {
        this.request = request;
        this.stopped = stopped;
        this.metrics = metrics;
    }

    @Override
    public void await(int sessions, long bytes) throws InterruptedException {
        Duration wait = request.takeOfQuota(sessions, bytes);
        if (wait.isZero()) {
            return;
        }
        long start = System.nanoTime();
        try {
            while (wait.isPositive() && !stopped.getAsBoolean()) {
                Thread.sleep(wait.compareTo(STEP) < 0 ? wait : STEP);
                wait = request.takeOfQuota(sessions, bytes);
            }
        } finally {
            metrics.slowed(System.nanoTime() - start);
        }
    }
}
