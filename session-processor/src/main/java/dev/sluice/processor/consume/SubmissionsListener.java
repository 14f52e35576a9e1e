package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/** Where the container hands batches over. If it throws, the batch is to be given again, as often as it takes. */
final class SubmissionsListener implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionsListener.class);

    private final LiveGeneration live;
    private final LogPositions positions;
    private final BatchProcessing processing;
    private final ConsumptionHealth health;
    private final ProcessingMetrics metrics;

    SubmissionsListener(
            LiveGeneration live,
            LogPositions positions,
            BatchProcessing processing,
            ConsumptionHealth health,
            ProcessingMetrics metrics) {
        this.live = live;
        this.positions = positions;
        this.processing = processing;
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
            List<ConsumerRecord<byte[], byte[]>> wanted = positions.toProcess(consumer, records, generation);
            positions.doubt(partitions);
            metrics.batches().record(() -> processing.process(wanted, generation));
            positions.trust(partitions, generation);
            health.recovered(partitions);
        } catch (RuntimeException e) {
            metrics.failed();
            health.failed(partitions, e);
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

    private static void log(Set<TopicPartition> partitions, RuntimeException failure) {
        if (failure instanceof UnprocessableRecordException fault) {
            LOG.error("Processing stands still at a fault of our own", fault);
        } else {
            LOG.warn("A batch of {} failed and will be done again: {}", partitions, failure.toString());
        }
    }
}
