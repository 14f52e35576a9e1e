package dev.sluice.processor.consume;

import java.util.Objects;
import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.topic.LogOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens lanes where the store is, whatever Kafka's committed offsets say: after they were assigned, after any failure, and in a generation
 * that has become live. For the polling thread.
 */
final class LogPositions {

    private static final Logger LOG = LoggerFactory.getLogger(LogPositions.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final LiveGeneration live;
    private final IdBase ids;
    private final Breaker breaker;
    private final BatchProcessing processing;
    private final LogOffsets offsets;
    private final ProcessingMetrics metrics;

    LogPositions(
            Lanes lanes,
            LiveGeneration live,
            IdBase ids,
            LogOffsets offsets,
            Breaker breaker,
            BatchProcessing processing,
            ProcessingMetrics metrics) {
        this.metrics = metrics;
        this.offsets = offsets;
        this.lanes = lanes;
        this.live = live;
        this.ids = ids;
        this.breaker = breaker;
        this.processing = processing;
    }

    /**
     * Opens those of the assigned ones that can be; the others are tried again after a rest. One that was in trouble is tried by itself, and
     * one at a time: Kafka answers for all that it is asked for, or for none.
     */
    void open(Consumer<?, ?> consumer) {
        Set<TopicPartition> closed = lanes.toOpen(consumer.assignment());
        if (closed.isEmpty()) {
            return;
        }
        try {
            breaker.refresh(numbers(closed));
            open(consumer, closed, live.current());
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            lanes.failed(closed, e);
            LOG.warn("Cannot tell yet where to go on with {}: {}", closed, e.toString());
        }
    }

    private void open(Consumer<?, ?> consumer, Set<TopicPartition> closed, Generation generation) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(closed, KAFKA_TIMEOUT);
        Map<Integer, Long> positions = new HashMap<>();
        closed.forEach(partition ->
                positions.put(partition.partition(), ids.position(begins.getOrDefault(partition, 0L))));
        // Before the ends are read, or another processor that still advances it would seem to be beyond them.
        Map<Integer, PartitionProgress> reached = processing.goOn(positions, generation);
        Map<TopicPartition, Long> ends = consumer.endOffsets(closed, KAFKA_TIMEOUT);
        Map<Integer, Integer> epochs = offsets.leaderEpochs(numbers(closed));
        Map<TopicPartition, Long> opened = new HashMap<>();
        for (TopicPartition partition : closed) {
            PartitionProgress progress = Objects.requireNonNull(reached.get(partition.partition()));
            try {
                long next =
                        next(partition, progress, begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
                requireKnown(partition, progress, epochs);
                if (lanes.open(partition, next, generation)) {
                    consumer.seek(partition, place(next, progress));
                    opened.put(partition, next);
                }
            } catch (LogEndsBeforeProgressException e) {
                lanes.failed(List.of(partition), e);
                LOG.error("Cannot go on: {}", e.getMessage());
            }
        }
        if (!opened.isEmpty()) {
            LOG.info("Consuming from {}", opened);
        }
    }

    /** Where to go on, by what the store says, as long as that fits the log. */
    private long next(TopicPartition partition, PartitionProgress progress, long begin, long end) {
        // What the store has of a former topic only says nothing about this one.
        long wanted = Math.max(0, ids.offset(progress.next()));
        if (wanted > end) {
            throw LogEndsBeforeProgressException.ends(partition, end, wanted);
        }
        if (wanted < begin) {
            metrics.lost(begin - wanted);
            LOG.error(
                    "Records {} to {} of {} are no longer in the log and were never processed",
                    wanted,
                    begin - 1,
                    partition);
        }
        return Math.max(wanted, begin);
    }

    /**
     * What a leader took that comes after all that Kafka knows of is not in this log any more. Its client would wait for that leader for ever.
     */
    private static void requireKnown(
            TopicPartition partition, PartitionProgress progress, Map<Integer, Integer> epochs) {
        Integer latest = epochs.get(partition.partition());
        if (latest != null && progress.leaderEpoch().orElse(0) > latest) {
            throw LogEndsBeforeProgressException.isOlder(
                    partition, latest, progress.leaderEpoch().getAsInt());
        }
    }

    /** With the leader's epoch Kafka's client asks whether the log still has the records that came before it, or others since it lost them. */
    private OffsetAndMetadata place(long next, PartitionProgress progress) {
        Optional<Integer> epoch = next == 0 ? Optional.empty() : progress.epochAt(ids.position(next));
        return new OffsetAndMetadata(next, epoch, "");
    }

    /** Takes note of how far the log goes. */
    void saw(int partition, long offset) {
        offsets.sawRecord(partition, offset);
    }

    /** The offset that a position stands for. */
    long offset(long position) {
        return ids.offset(position);
    }

    static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
