package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.generation.LiveGeneration;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Consumes the submissions topic with a few threads. A batch that fails is given again for ever, with the partitions kept and paused; Kafka's
 * offsets are committed after the store has acknowledged.
 */
public final class SubmissionsConsumer implements AutoCloseable {

    private static final Duration AUTHORIZATION_RETRY = Duration.ofSeconds(10);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOOK_WHEN_IDLE = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    // With what is closed after it, within the five seconds that a stop may take.
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(3_500);

    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final ConsumptionHealth health = new ConsumptionHealth();

    /**
     * @param consumers of consumers that do not commit by themselves
     * @param topic the submissions topic
     * @param ids what its records' ids are
     * @param threads at most so many; each has its own consumer
     */
    public SubmissionsConsumer(
            ConsumerFactory<byte[], byte[]> consumers,
            String topic,
            IdBase ids,
            int threads,
            BatchProcessing processing,
            LiveGeneration live,
            ProcessingMetrics metrics) {
        LogPositions positions = new LogPositions(live, ids, health);
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setMessageListener(new SubmissionsListener(live, positions, processing, health, metrics));
        properties.setConsumerRebalanceListener(positions);
        properties.setPollTimeout(LOOK_WHEN_IDLE.toMillis());
        properties.setIdleEventInterval(LOOK_WHEN_IDLE.toMillis());
        properties.setIdleBeforeDataMultiplier(1);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setAuthExceptionRetryInterval(AUTHORIZATION_RETRY);
        properties.setSyncCommitTimeout(COMMIT_TIMEOUT);
        properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
        properties.setListenerTaskExecutor(daemonThreads());
        this.container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName("submissions");
        container.setConcurrency(threads);
        container.setCommonErrorHandler(againForEver());
    }

    /** Starts consuming. If that throws, it can be tried again. */
    public void start() {
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    /** Stops until it is started again: finishes the batch at hand or leaves it uncommitted, within bounded time. */
    public void stop() {
        container.stop();
    }

    /** Whether it consumes and every partition gets on. */
    public ReadinessCheck.State state() {
        if (!container.isRunning() || !container.isInExpectedState()) {
            return new ReadinessCheck.State(false, "not consuming");
        }
        return health.state();
    }

    @Override
    public void close() {
        stop();
    }

    private static DefaultErrorHandler againForEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2.0);
        backOff.setMaxInterval(SLOWEST_RETRY.toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(
                (record, failure) -> {
                    throw new IllegalStateException("a record was given up, which must never be", failure);
                },
                backOff);
        // By default some exceptions are not worth a retry, and their records are let go. None of ours is.
        handler.setClassifications(Map.of(), true);
        return handler;
    }

    private static SimpleAsyncTaskExecutor daemonThreads() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("submissions-");
        threads.setDaemon(true);
        return threads;
    }
}
