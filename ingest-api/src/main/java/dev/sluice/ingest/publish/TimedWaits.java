package dev.sluice.ingest.publish;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for futures with a time limit, accurate to {@value #PERIOD_MILLIS} ms, without a timer per wait: one thread of the JDK holds the timers of
 * all virtual threads, and waking it for each costs 6 us of CPU, a tenth of a request. After a wait its interrupt is cleared, because the thread goes
 * on to answer. (The deadlines of HTTP need not do that: their interrupts end the connection.)
 */
final class TimedWaits implements AutoCloseable {

    private static final int PERIOD_MILLIS = 100;

    private final Set<Wait> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("acknowledgement-deadlines").factory());

    TimedWaits() {
        var _ = clock.scheduleWithFixedDelay(this::expire, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A wait of the current thread, compared by identity. */
    private static final class Wait {

        private final Thread thread = Thread.currentThread();
        private final long deadline;
        private boolean expired;
        private boolean ended;

        private Wait(long deadline) {
            this.deadline = deadline;
        }

        synchronized void expireIfPast(long now) {
            if (!ended && !expired && now - deadline >= 0) {
                expired = true;
                thread.interrupt();
            }
        }

        synchronized boolean isExpired() {
            return expired;
        }

        /** Ends the wait: from here on the thread is not interrupted. */
        synchronized void end() {
            ended = true;
            if (expired) {
                // The interrupt may have come just as the wait ended, and is meant for nothing else.
                Thread.interrupted();
            }
        }
    }

    /** Returns the future's result, waiting until {@code deadline} in terms of {@link System#nanoTime}. */
    <T> T get(Future<T> future, long deadline) throws ExecutionException, InterruptedException, TimeoutException {
        if (future.isDone()) {
            return future.get();
        }
        Wait wait = new Wait(deadline);
        open.add(wait);
        try {
            return future.get();
        } catch (InterruptedException e) {
            if (wait.isExpired()) {
                throw new TimeoutException();
            }
            throw e;
        } finally {
            open.remove(wait);
            wait.end();
        }
    }

    /** Stops enforcing deadlines; waits that are still open no longer time out. */
    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void expire() {
        long now = System.nanoTime();
        open.forEach(wait -> wait.expireIfPast(now));
    }
}
