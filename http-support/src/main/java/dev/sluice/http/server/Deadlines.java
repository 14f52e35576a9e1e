package dev.sluice.http.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what takes too long. Helidon has no time limit on reading headers or a body, nor on writing to a client that does not read; here the
 * thread that waits is interrupted, which closes its connection. Deadlines are kept to within {@value #PERIOD_MILLIS} ms.
 */
final class Deadlines implements AutoCloseable {

    private static final int PERIOD_MILLIS = 100;

    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-deadlines").factory());

    Deadlines() {
        var _ = clock.scheduleWithFixedDelay(this::expire, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Something that the current thread does, with a time limit. Compared by identity. */
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

    /** Interrupts the current thread once {@code limit} has passed, unless it was ended before. */
    Deadline start(Duration limit) {
        return start(limit, () -> {});
    }

    /** Likewise; {@code before} runs first, on a thread of its own. */
    Deadline start(Duration limit, Runnable before) {
        Deadline deadline = new Deadline(limit, before);
        open.add(deadline);
        return deadline;
    }

    /** Whether it was ended in time. If not, the thread has been interrupted or is about to be. */
    boolean end(Deadline deadline) {
        open.remove(deadline);
        return deadline.over.compareAndSet(false, true);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void expire() {
        long now = System.nanoTime();
        // Helidon does not say when it has refused a request's headers and is done with the connection.
        open.removeIf(deadline -> deadline.expireIfPast(now) || !deadline.thread.isAlive());
    }
}
