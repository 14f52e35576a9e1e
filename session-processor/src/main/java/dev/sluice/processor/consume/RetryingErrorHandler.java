package dev.sluice.processor.consume;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Retries without end: a failed poll is repeated, and records that the listener did not take are read again once their lanes have rested. */
final class RetryingErrorHandler implements CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingErrorHandler.class);
    private static final Duration POLL_RETRY = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final ConsumptionHealth health;

    RetryingErrorHandler(Lanes lanes, ConsumptionHealth health) {
        this.lanes = lanes;
        this.health = health;
    }

    /** The commits follow the progress of the workers instead. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable listener) {
        lanes.failed(records.partitions(), failure);
        LOG.error("Records of {} were not taken and will be read again", records.partitions(), failure);
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (failure instanceof LogTruncationException lost) {
            for (TopicPartition partition : lost.offsetOutOfRangePartitions().keySet()) {
                if (lanes.diverged(partition, end(lost, partition), lost)) {
                    LOG.error("{} has lost records that were read: {}", partition, lost.toString());
                }
            }
            return;
        }
        if (failure instanceof OffsetOutOfRangeException gone) {
            // Opening the lane again finds out what is missing and reports it.
            lanes.failed(gone.offsetOutOfRangePartitions().keySet(), gone);
            LOG.warn("The log does not have what is to be read next: {}", gone.toString());
            return;
        }
        // What a poll says of a partition whose lane is closed is not about its next record.
        Optional<TopicPartition> unreadable =
                named(failure, consumer.assignment()).filter(lanes::isOpen);
        if (unreadable.isPresent()) {
            // Paused, it does not keep the client from the others; opening the lane again has its records fetched anew.
            lanes.failed(List.of(unreadable.get()), new UnreadableLogException(unreadable.get(), failure));
            LOG.error("Records of {} cannot be read: {}", unreadable.get(), failure.toString(), failure);
            return;
        }
        pollFailed(failure, container);
    }

    private void pollFailed(Exception failure, MessageListenerContainer container) {
        health.pollFailed(failure);
        LOG.warn("A poll failed and will be made again: {}", failure.toString());
        try {
            ListenerUtils.stoppableSleep(container, POLL_RETRY.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The assigned partition that a failed poll names. Only in its text: a record or batch whose checksum is wrong is a plain {@code KafkaException};
     * {@code RecordDeserializationException}, which has the partition, is for deserializers that throw, and ours take any bytes.
     */
    private static Optional<TopicPartition> named(Exception failure, Set<TopicPartition> assigned) {
        String text = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining("; "));
        // The name of partition 1 is also the beginning of that of partition 11.
        return assigned.stream()
                .filter(partition -> text.contains(partition.toString()))
                .max(Comparator.comparingInt(TopicPartition::partition));
    }

    /** The offset up to which the log is unchanged; 0 if Kafka does not know. */
    private static long end(LogTruncationException lost, TopicPartition partition) {
        OffsetAndMetadata end = lost.divergentOffsets().get(partition);
        return end == null ? 0 : end.offset();
    }
}
