package dev.sluice.http.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends operations that take too long. Helidon has no time limit for reading headers or a body, or for writing to a
 * client that does not read; here the waiting thread is interrupted, which closes its connection. Deadlines are
 * accurate to {@value #PERIOD_MILLIS} ms.
 */
final class Deadlines implements AutoCloseable {

    private static final int PERIOD_MILLIS = 100;

    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-deadlines").factory());

    Deadlines() {
        var _ = clock.scheduleWithFixedDelay(this::expire, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A time limit on something that the current thread does. Compared by identity. */
    static final class Deadline {

        private final Thread thread = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();
        private final long at;
        private final Runnable before;

        private Deadline(Duration limit, Runnable before) {
            this.at = System.nanoTime() + limit.toNanos();
            this.before = before;
        }

        private boolean expireIfPast(long now) {
            if (now - at < 0) {
                return false;
            }
            if (over.compareAndSet(false, true)) {
                var _ = Thread.ofVirtual().name("http-deadline").start(() -> {
                    try {
                        before.run();
                    } finally {
                        thread.interrupt();
                    }
                });
            }
            return true;
        }
    }

    /** Interrupts the current thread once {@code limit} has passed, unless the deadline is ended first. */
    Deadline start(Duration limit) {
        return start(limit, () -> {});
    }

    /** Like {@link #start(Duration)}, but first runs {@code before} on a separate thread. */
    Deadline start(Duration limit, Runnable before) {
        Deadline deadline = new Deadline(limit, before);
        open.add(deadline);
        return deadline;
    }

    /** Returns whether the deadline was ended in time. If not, the thread has been interrupted or is about to be. */
    boolean end(Deadline deadline) {
        open.remove(deadline);
        return deadline.over.compareAndSet(false, true);
    }

    /** Runs a short task every {@value #PERIOD_MILLIS} ms, which must not throw. */
    void repeat(Runnable task) {
        var _ = clock.scheduleWithFixedDelay(task, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void expire() {
        long now = System.nanoTime();
        // Helidon does not report that it has rejected a request's headers and is done with the connection.
        open.removeIf(deadline -> deadline.expireIfPast(now) || !deadline.thread.isAlive());
    }
}
