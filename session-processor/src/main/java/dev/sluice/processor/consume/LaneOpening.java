package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.log.LogOffsets;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.PartitionProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens lanes at the store's progress, ignoring Kafka's committed offsets: after an assignment, after a failure, when a stopped partition is
 * resumed, and when another generation becomes live. For the polling thread only.
 */
final class LaneOpening {

    private static final Logger LOG = LoggerFactory.getLogger(LaneOpening.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(2);

    private record Bounds(
            Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, Map<Integer, Integer> epochs) {}

    private final Lanes lanes;
    private final LogOffsets offsets;
    private final IdBase ids;
    private final OwnPartitions own;
    private final LiveProcessing processing;

    LaneOpening(Lanes lanes, LogOffsets offsets, OwnPartitions own, LiveProcessing processing) {
        this.lanes = lanes;
        this.offsets = offsets;
        this.ids = offsets.ids();
        this.own = own;
        this.processing = processing;
    }

    /**
     * Opens the assigned partitions that can be opened; the others are retried after a rest. Partitions that have failed are tried one at a
     * time, because Kafka answers for all partitions of a request or for none.
     */
    void open(Consumer<?, ?> consumer) {
        Set<TopicPartition> closed = lanes.toOpen(consumer.assignment());
        if (closed.isEmpty()) {
            return;
        }
        try {
            own.refresh(closed);
            open(consumer, closed, processing.generation());
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            lanes.failed(closed, e);
            LOG.warn("Cannot tell yet where to go on with {}: {}", closed, e.toString());
        }
    }

    private void open(Consumer<?, ?> consumer, Set<TopicPartition> closed, Generation generation) {
        Set<Integer> numbers = OwnPartitions.numbers(closed);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(closed, KAFKA_TIMEOUT);
        // Read before the log's ends: otherwise the continuing progress of another processor could appear to be
        // beyond them.
        Map<Integer, PartitionProgress> reached =
                processing.progress(generation).goOn(numbers);
        Bounds log = new Bounds(begins, consumer.endOffsets(closed, KAFKA_TIMEOUT), offsets.leaderEpochs(numbers));
        Map<TopicPartition, Long> opened = new HashMap<>();
        for (TopicPartition partition : closed) {
            try {
                openAt(partition, reached.get(partition.partition()), log, generation)
                        .ifPresent(next -> {
                            consumer.seek(partition, next);
                            opened.put(partition, next.offset());
                        });
            } catch (LogEndsBeforeProgressException e) {
                lanes.failed(List.of(partition), e);
                LOG.error("Cannot go on: {}", e.getMessage());
            }
        }
        if (!opened.isEmpty()) {
            LOG.info("Consuming from {}", opened);
        }
    }

    /** Opens a partition's lane; returns where it continues, or nothing if it stays closed. */
    private Optional<OffsetAndMetadata> openAt(
            TopicPartition partition, @Nullable PartitionProgress reached, Bounds log, Generation generation) {
        // One without progress begins now: whatever was before its log's beginning is gone.
        PartitionProgress progress =
                reached == null ? PartitionProgress.begun(partition.partition(), ids.firstPosition()) : reached;
        long begin = log.begins().getOrDefault(partition, 0L);
        long next = next(partition, progress, log.ends().getOrDefault(partition, 0L));
        requireKnown(partition, progress, log.epochs());
        if (next < begin) {
            // Said before it is stored: if that fails, it is said again rather than never.
            lost(partition, next, begin);
        }
        if ((reached == null || next < begin)
                && !processing.progress(generation).beginAt(partition.partition(), ids.position(begin), reached)) {
            return Optional.empty();
        }
        long from = Math.max(next, begin);
        return lanes.open(partition, from, generation)
                ? Optional.of(resumption(from, progress, log.epochs().get(partition.partition())))
                : Optional.empty();
    }

    /** The offset to continue at, according to the store. Throws if the log ends before it. */
    private long next(TopicPartition partition, PartitionProgress progress, long end) {
        // Progress that concerns only a former topic says nothing about this one.
        long next = Math.max(0, ids.offset(progress.next()));
        if (next > end) {
            throw LogEndsBeforeProgressException.ends(partition, end, next);
        }
        return next;
    }

    private void lost(TopicPartition partition, long from, long to) {
        processing.lost(to - from);
        LOG.error("Records {} to {} of {} are no longer in the log and were never processed", from, to - 1, partition);
    }

    /**
     * Throws if progress names a leader later than any that Kafka knows: the log has lost that leader's records, and Kafka's client would
     * wait for it for ever.
     */
    private static void requireKnown(
            TopicPartition partition, PartitionProgress progress, Map<Integer, Integer> epochs) {
        Integer latest = epochs.get(partition.partition());
        if (latest != null && progress.leaderEpoch().orElse(0) > latest) {
            throw LogEndsBeforeProgressException.isOlder(
                    partition, latest, progress.leaderEpoch().getAsInt());
        }
    }

    /**
     * The position with its leader epoch, which lets Kafka's client detect that the records before it were lost and replaced. Without one, the
     * client would not ask the broker, and would keep records of this position that it has fetched before, even if they cannot be read.
     */
    private OffsetAndMetadata resumption(long next, PartitionProgress progress, @Nullable Integer latestEpoch) {
        Optional<Integer> epoch = next == 0 ? Optional.empty() : progress.epochAt(ids.position(next));
        return new OffsetAndMetadata(next, epoch.or(() -> Optional.ofNullable(latestEpoch)), "");
    }
}
