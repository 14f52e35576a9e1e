package dev.sluice.standalone.start;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was started, in reverse order. Each step has a time limit, plus whatever earlier steps left unused; a
 * step that overruns is abandoned, so that the remaining steps still run. A signal may close it while things are still
 * starting.
 */
final class ClosingOrder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingOrder.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Object closes = new Object();
    private boolean closing;

    private record Step(String what, Duration limit, AutoCloseable started) {}

    /** Starts something that {@link #close} will close. */
    <T extends AutoCloseable> T start(String what, Duration limit, Callable<T> start) throws Exception {
        requireOpen(what);
        long begun = System.nanoTime();
        T started = start.call();
        LOG.info("{} started after {} ms", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        boolean late;
        synchronized (this) {
            late = closing;
            if (!late) {
                steps.push(new Step(what, limit, started));
            }
        }
        if (late) {
            close(new Step(what, limit, started), System.nanoTime() + limit.toNanos());
            requireOpen(what);
        }
        return started;
    }

    /** Returns when everything is closed, even if another thread is closing it. */
    @Override
    public void close() {
        synchronized (closes) {
            long deadline = System.nanoTime();
            for (Step step = next(); step != null; step = next()) {
                // A step may also use the time that earlier steps left over.
                deadline += step.limit().toNanos();
                close(step, deadline);
            }
        }
    }

    private synchronized @Nullable Step next() {
        closing = true;
        return steps.poll();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    private void requireOpen(String what) {
        if (isClosing()) {
            throw new IllegalStateException(what + " is not started: Sluice is stopping");
        }
    }

    private static void close(Step step, long deadline) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("close-" + step.what()).start(() -> {
            try {
                step.started().close();
                closed.complete(null);
            } catch (Throwable e) {
                closed.completeExceptionally(e);
            }
        });
        try {
            closed.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} did not stop in time", step.what());
        } catch (ExecutionException e) {
            LOG.warn("{} did not stop cleanly", step.what(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
