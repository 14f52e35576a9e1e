package dev.sluice.processor.consume;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.Halt;
import dev.sluice.processor.progress.MongoProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Consumes the submissions topic with a few threads. A batch that fails is given again for ever, with the partitions kept and paused; Kafka's
 * offsets are committed after the store has acknowledged; a consumer that ends by itself is replaced; a partition that the breaker has stopped
 * is kept and not consumed.
 */
public final class SubmissionsConsumer implements AutoCloseable {

    private static final Duration AUTHORIZATION_RETRY = Duration.ofSeconds(10);
    // So long is slept at most between two looks at whether a stopped partition goes on.
    private static final Duration POLL = Duration.ofSeconds(1);
    // With what is closed after it, within the five seconds that a stop may take.
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(3_500);

    private final ConsumerRestarts restarts;
    private final Breaker breaker;
    private final ConsumptionHealth health = new ConsumptionHealth();

    /**
     * @param consumers of consumers that do not commit by themselves
     * @param topic the submissions topic
     * @param threads at most so many; each has its own consumer
     */
    public SubmissionsConsumer(
            ConsumerFactory<byte[], byte[]> consumers,
            String topic,
            int threads,
            BatchProcessing processing,
            MongoProgress progress,
            Breaker breaker,
            ProcessingMetrics metrics) {
        this.breaker = breaker;
        LogPositions positions = new LogPositions(progress, breaker, health);
        StoppedPartitions stopped = new StoppedPartitions(breaker);
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setMessageListener(
                new SubmissionsListener(positions, processing, breaker, stopped, health, metrics));
        properties.setConsumerRebalanceListener(positions);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(POLL.toMillis());
        properties.setAuthExceptionRetryInterval(AUTHORIZATION_RETRY);
        properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
        this.restarts = new ConsumerRestarts(
                consumerThreads -> {
                    properties.setListenerTaskExecutor(consumerThreads);
                    ConcurrentMessageListenerContainer<byte[], byte[]> container =
                            container(consumers, properties, threads);
                    container.setCommonErrorHandler(new AgainForEver(health));
                    container.setBatchInterceptor(new PollRounds(stopped, health));
                    container.setApplicationEventPublisher(this::heard);
                    return container;
                },
                health);
    }

    /** Starts consuming. If that throws, it can be tried again. */
    public void start() {
        restarts.start();
    }

    /** Whether it consumes and every partition gets on. */
    public ReadinessCheck.State state() {
        ReadinessCheck.State consumers = health.state();
        if (consumers.ready() && !restarts.isRunning()) {
            return new ReadinessCheck.State(false, "not consuming");
        }
        List<Halt> stopped = breaker.open();
        if (!consumers.ready() || stopped.isEmpty()) {
            return consumers;
        }
        String first = stopped.getFirst().sentence();
        return ReadinessCheck.State.untilSomebodyActs(
                stopped.size() == 1 ? first : stopped.size() + " partitions are stopped; the first: " + first);
    }

    /** Finishes the batch at hand or leaves it uncommitted, within bounded time. */
    @Override
    public void close() {
        restarts.close();
    }

    private static ConcurrentMessageListenerContainer<byte[], byte[]> container(
            ConsumerFactory<byte[], byte[]> consumers, ContainerProperties properties, int threads) {
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName("submissions");
        container.setConcurrency(threads);
        return container;
    }

    /** What the container says happens to its consumers, on their threads. */
    private void heard(Object event) {
        switch (event) {
            case ConsumerRetryAuthEvent refused ->
                health.pollRefused(refused.getReason().name().toLowerCase(Locale.ROOT));
            case ConsumerStoppedEvent stopped ->
                restarts.ending(stopped.getReason().name());
            default -> {}
        }
    }
}
