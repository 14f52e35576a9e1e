package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.http.failure.FatalErrors;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Where the container hands batches over. If it throws an exception, the batch is to be given again, as often as it takes; after an Error the
 * consumer is replaced. Commits offsets itself, because a partition may be stopped within a batch.
 */
final class SubmissionsListener implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionsListener.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final LiveGeneration live;
    private final LogPositions positions;
    private final BatchProcessing processing;
    private final Breaker breaker;
    private final StoppedPartitions stopped;
    private final ConsumptionHealth health;
    private final ProcessingMetrics metrics;

    SubmissionsListener(
            LiveGeneration live,
            LogPositions positions,
            BatchProcessing processing,
            Breaker breaker,
            StoppedPartitions stopped,
            ConsumptionHealth health,
            ProcessingMetrics metrics) {
        this.live = live;
        this.positions = positions;
        this.processing = processing;
        this.breaker = breaker;
        this.stopped = stopped;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        if (consumer == null) {
            throw new IllegalStateException("the container gave no consumer");
        }
        Set<TopicPartition> partitions = LogPositions.partitions(records);
        try {
            // One for all of the batch, from looking up its place to saying how far it is.
            Generation generation = live.current();
            breaker.learn(StoppedPartitions.numbers(partitions));
            List<ConsumerRecord<byte[], byte[]>> wanted = positions.toProcess(consumer, records, generation);
            positions.doubt(partitions);
            metrics.batches().record(() -> processing.process(wanted, generation));
            LogPositions.goOnBehind(consumer, wanted);
            positions.putBack(stopped.holdBack(consumer, wanted));
            positions.trust(partitions, generation);
            health.recovered(partitions);
            commit(consumer, wanted);
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            metrics.failed();
            health.failed(partitions, e);
            if (e instanceof Error) {
                health.ended(e.getClass().getSimpleName());
            }
            log(partitions, e);
            throw e;
        }
    }

    /** Nothing has come for a moment. Of what was read before, a generation that has become live may lack some. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        try {
            positions.recheck(assignments.keySet(), callback);
        } catch (MongoException e) {
            LOG.warn("Cannot tell yet which generation of the projection is live: {}", e.toString());
        }
    }

    /** Kafka's record of how far we are is for people who look at lag; we go by the store's. */
    private void commit(Consumer<?, ?> consumer, List<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : wanted) {
            if (!breaker.isStopped(record.partition(), record.offset())) {
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
        if (next.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.info("Offsets {} are not committed to Kafka: {}", next, e.toString());
        }
    }

    private static void log(Set<TopicPartition> partitions, Throwable failure) {
        switch (failure) {
            case UnprocessableRecordException fault ->
                LOG.error("Processing stands still at a fault of our own", fault);
            case Error error -> LOG.error("A batch of {} ended its consumer", partitions, error);
            default -> LOG.warn("A batch of {} failed and will be done again: {}", partitions, failure.toString());
        }
    }
}
