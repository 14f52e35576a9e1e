package dev.sluice.processor.consume;

import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.batch.UnprocessableRecordException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/** Where the container hands batches over. If it throws, the batch is to be given again, as often as it takes. */
final class SubmissionsListener implements BatchConsumerAwareMessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionsListener.class);

    private final LogPositions positions;
    private final BatchProcessing processing;
    private final ConsumptionHealth health;
    private final ProcessingMetrics metrics;

    SubmissionsListener(
            LogPositions positions, BatchProcessing processing, ConsumptionHealth health, ProcessingMetrics metrics) {
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
            List<ConsumerRecord<byte[], byte[]>> wanted = positions.toProcess(consumer, records);
            positions.doubt(partitions);
            metrics.batches().record(() -> processing.process(wanted));
            positions.trust(partitions);
            health.recovered(partitions);
        } catch (RuntimeException e) {
            metrics.failed();
            health.failed(partitions, e);
            log(partitions, e);
            throw e;
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
