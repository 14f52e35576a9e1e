package dev.sluice.processor.consume;

import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.process.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Starts the container, and replaces it whenever its consumer ends by itself: after an Error or after a fatal exception, such as being
 * fenced by another consumer. Each restart waits a little longer, until consuming goes well for a while. Nothing is lost, because the store
 * knows where to continue.
 */
final class ConsumerRestarts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRestarts.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final Function<AsyncTaskExecutor, KafkaMessageListenerContainer<byte[], byte[]>> containers;
    private final ConsumptionHealth health;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("consumer-restarts").unstarted(this::watch);
    // The latest container, until somebody stops it.
    private volatile @Nullable Running latest;
    private volatile String reason = "";
    private boolean closed;

    /** A container with the thread of its consumer, whose end it notes, whatever the cause. */
    private static final class Running extends SimpleAsyncTaskExecutor {

        private final KafkaMessageListenerContainer<byte[], byte[]> container;
        private final ConsumptionHealth health;
        private volatile @Nullable CompletableFuture<Void> consumer;

        Running(
                Function<AsyncTaskExecutor, KafkaMessageListenerContainer<byte[], byte[]>> containers,
                ConsumptionHealth health) {
            super("submissions-");
            setDaemon(true);
            this.health = health;
            this.container = containers.apply(this);
        }

        @Override
        public CompletableFuture<Void> submitCompletable(Runnable task) {
            CompletableFuture<Void> submitted = super.submitCompletable(() -> run(task));
            consumer = submitted;
            return submitted;
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                throw e;
            } finally {
                health.polledLast();
            }
        }

        boolean hasEnded() {
            Future<Void> current = consumer;
            return current != null && current.isDone();
        }

        /** What has ended the consumer, if that was thrown. */
        @Nullable
        Throwable failure() {
            Future<Void> current = consumer;
            return current != null && current.state() == Future.State.FAILED ? current.exceptionNow() : null;
        }
    }

    /**
     * @param containers creates a container that runs on the given threads; each start needs a new one, because an Error may leave the former
     *     one in any state
     */
    ConsumerRestarts(
            Function<AsyncTaskExecutor, KafkaMessageListenerContainer<byte[], byte[]>> containers,
            ConsumptionHealth health) {
        this.containers = containers;
        this.health = health;
    }

    /** Starts consuming; may be retried if it throws. */
    synchronized void start() {
        if (closed || isRunning()) {
            return;
        }
        Running next = new Running(containers, health);
        try {
            next.container.start();
        } catch (RuntimeException | Error e) {
            next.container.stop();
            throw e;
        }
        // Set last: isRunning must answer at once, while starting holds the container's lock.
        latest = next;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Stops consuming until the next start, within bounded time. */
    void stop() {
        Running current;
        synchronized (this) {
            current = latest;
            latest = null;
        }
        if (current != null) {
            current.container.stop();
        }
    }

    boolean isRunning() {
        Running current = latest;
        return current != null
                && !current.hasEnded()
                && current.container.isRunning()
                && current.container.isInExpectedState();
    }

    /** Notes that a consumer is about to end for a reason that is not thrown. */
    void ending(String why) {
        reason = why;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
        stop();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        long begun = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                Running current = latest;
                if (current != null && current.hasEnded()) {
                    replace(current, pauses.next());
                    begun = System.nanoTime();
                } else if (System.nanoTime() - begun >= A_WHILE.toNanos()) {
                    pauses.reset();
                    health.settled();
                }
            }
        } catch (InterruptedException _) {
            // Closing.
        }
    }

    private void replace(Running ended, Duration pause) throws InterruptedException {
        Throwable failure = ended.failure();
        String why = failure == null ? reason : failure.getClass().getSimpleName();
        health.ended(why);
        LOG.error("The consumer has ended ({}) and is started anew in {}", why, pause);
        try {
            ended.container.stop();
            Thread.sleep(pause);
            startInsteadOf(ended);
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            LOG.warn("Consuming cannot be started anew: {}", e.toString());
        }
    }

    /** Starts another container, unless somebody has stopped that one or started another during the pause. */
    private synchronized void startInsteadOf(Running ended) {
        if (latest == ended) {
            start();
        }
    }
}
