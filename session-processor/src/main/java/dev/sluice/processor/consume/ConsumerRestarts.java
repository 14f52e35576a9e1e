package dev.sluice.processor.consume;

import dev.sluice.http.failure.FatalErrors;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Starts the container, and replaces it whenever its consumer ends by itself: after an Error or after a fatal exception, such as being
 * fenced by another consumer. Each restart waits a little longer, until consuming goes well for a while. Nothing is lost, because the store
 * knows where to continue.
 */
final class ConsumerRestarts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRestarts.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final int NONE = 0;

    private final Function<ConsumerThreads, KafkaMessageListenerContainer<byte[], byte[]>> containers;
    private final ConsumptionHealth health;
    private final ConsumerThreads threads = new ConsumerThreads(this::ended);
    private final BlockingQueue<Ending> endings = new ArrayBlockingQueue<>(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("consumer-restarts").unstarted(this::run);
    private volatile @Nullable KafkaMessageListenerContainer<byte[], byte[]> container;
    private volatile int runningStart;
    private volatile String reason = "";
    private int starts;
    private boolean wanted;
    private boolean closed;

    /** Why the consumer of a start has ended, or why none could be started. */
    private record Ending(int start, String why) {}

    /**
     * Starts nothing yet.
     *
     * @param containers creates a container that runs on the given threads; each start needs a new one, because an Error may leave the former
     *     one in any state
     */
    ConsumerRestarts(
            Function<ConsumerThreads, KafkaMessageListenerContainer<byte[], byte[]>> containers,
            ConsumptionHealth health) {
        this.containers = containers;
        this.health = health;
    }

    /** Starts consuming; may be retried if it throws. */
    synchronized void start() {
        wanted = true;
        startContainer();
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Stops consuming until the next start, within bounded time. */
    void stop() {
        synchronized (this) {
            wanted = false;
        }
        stopContainer();
    }

    /** Whether the consumer is running. */
    boolean isRunning() {
        KafkaMessageListenerContainer<byte[], byte[]> current = container;
        return current != null && current.isRunning() && current.isInExpectedState();
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
        stopContainer();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startContainer() {
        // After a pause, another start may have been quicker.
        if (closed || !wanted || isRunning()) {
            return;
        }
        starts++;
        threads.belongTo(starts);
        runningStart = starts;
        KafkaMessageListenerContainer<byte[], byte[]> next = containers.apply(threads);
        try {
            next.start();
        } catch (RuntimeException | Error e) {
            runningStart = NONE;
            next.stop();
            throw e;
        }
        // Set last: isRunning must answer at once, while starting holds the container's lock.
        container = next;
    }

    /** Waits a bounded time for the consumer to end. */
    private void stopContainer() {
        runningStart = NONE;
        KafkaMessageListenerContainer<byte[], byte[]> current = container;
        if (current != null) {
            current.stop();
        }
    }

    /** Stops what is left of an ended consumer's container, unless that was stopped already: there may be another one by now. */
    private synchronized void stopEnded(int start) {
        if (start == runningStart) {
            stopContainer();
        }
    }

    private void ended(int start, @Nullable Throwable failure) {
        health.polledLast();
        if (start == runningStart) {
            endings.offer(new Ending(
                    start, failure == null ? reason : failure.getClass().getSimpleName()));
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                Ending ending = endings.poll(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
                if (ending == null) {
                    pause = FIRST_PAUSE;
                    health.settled();
                } else {
                    health.ended(ending.why());
                    LOG.error("The consumer has ended ({}) and is started anew in {}", ending.why(), pause);
                    startAgain(ending, pause);
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException _) {
            // Closing.
        }
    }

    private void startAgain(Ending ending, Duration pause) throws InterruptedException {
        try {
            stopEnded(ending.start());
            Thread.sleep(pause);
            // One that was started meanwhile may have ended too.
            for (Ending later = endings.poll(); later != null; later = endings.poll()) {
                stopEnded(later.start());
            }
            startContainer();
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            LOG.warn("Consuming cannot be started anew: {}", e.toString());
            endings.offer(new Ending(NONE, e.getClass().getSimpleName()));
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
