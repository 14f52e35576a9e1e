package dev.sluice.processor.consume;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.breaker.Halt;
import dev.sluice.service.offsets.LogOffsets;
import java.time.Duration;
import java.util.List;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Consumes the submissions topic: one thread polls and fills a lane for each partition, and a few threads process the lanes' records. Failures
 * are retried for ever; offsets are committed only after the store has acknowledged; a consumer that ends by itself is replaced, also one that
 * Kafka refuses, because only a new one reads renewed certificates; a partition stopped by the breaker stays assigned but is not consumed.
 */
public final class SubmissionsConsumer implements AutoCloseable {

    // Records in turns take several times their size: as read, as documents, and as sent.
    private static final int SHARE_OF_HEAP = 32;
    // The longest that a lane with room again waits for more: much less than processing what it still holds takes.
    private static final Duration POLL = Duration.ofMillis(20);
    // Together with what is closed afterwards, within the five seconds that a stop may take.
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(3_500);

    private final ConsumerRestarts restarts;
    private final Workers workers;
    private final OwnPartitions own;
    private final ConsumptionHealth health = new ConsumptionHealth();

    public SubmissionsConsumer(
            ConsumerFactory<byte[], byte[]> consumers,
            LogOffsets offsets,
            Capacity capacity,
            OwnPartitions own,
            LiveProcessing processing) {
        this.own = own;
        Lanes lanes = new Lanes(
                own::stopsAt, health, System::nanoTime, capacity.heap().share(SHARE_OF_HEAP));
        this.workers = new Workers(capacity.threads(), lanes, processing);
        LaneOpening opening = new LaneOpening(lanes, offsets, own, processing);
        PollRounds rounds = new PollRounds(lanes, opening, offsets, own, processing, health);
        ContainerProperties properties = properties(offsets.topic(), rounds);
        this.restarts = new ConsumerRestarts(
                threads -> {
                    properties.setListenerTaskExecutor(threads);
                    KafkaMessageListenerContainer<byte[], byte[]> container = container(consumers, properties);
                    container.setCommonErrorHandler(new RetryingErrorHandler(lanes, health));
                    container.setBatchInterceptor(rounds);
                    container.setApplicationEventPublisher(this::heard);
                    return container;
                },
                health);
    }

    /** Starts consuming; may be retried if it throws. */
    public void start() {
        restarts.start();
    }

    /** Stops consuming until the next start. Within bounded time the current batch is finished or left uncommitted. */
    public void stop() {
        restarts.stop();
    }

    /** Whether it is consuming and every partition makes progress. */
    public ReadinessCheck.State state() {
        ReadinessCheck.State consuming = health.state();
        if (consuming.ready() && !restarts.isRunning()) {
            return new ReadinessCheck.State(false, "not consuming");
        }
        if (consuming.ready() && !workers.areAlive()) {
            return new ReadinessCheck.State(false, "a thread that processes has ended; start the processor again");
        }
        List<Halt> stopped = own.halts();
        if (!consuming.ready() || stopped.isEmpty()) {
            return consuming;
        }
        String first = stopped.getFirst().sentence();
        return ReadinessCheck.State.untilSomebodyActs(
                stopped.size() == 1 ? first : stopped.size() + " partitions are stopped; the first: " + first);
    }

    @Override
    public void close() {
        restarts.close();
        workers.close();
    }

    private static ContainerProperties properties(String topic, PollRounds rounds) {
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setMessageListener(rounds);
        properties.setConsumerRebalanceListener(rounds);
        properties.setPollTimeout(POLL.toMillis());
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
        return properties;
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container(
            ConsumerFactory<byte[], byte[]> consumers, ContainerProperties properties) {
        KafkaMessageListenerContainer<byte[], byte[]> container =
                new KafkaMessageListenerContainer<>(consumers, properties);
        container.setBeanName("submissions");
        return container;
    }

    private void heard(Object event) {
        if (event instanceof ConsumerStoppedEvent stopped) {
            restarts.ending(
                    stopped.getReason() == ConsumerStoppedEvent.Reason.AUTH
                            ? "Kafka does not let us consume, see docs/security.md"
                            : stopped.getReason().name());
        }
    }
}
