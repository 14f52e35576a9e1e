package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.service.offsets.AsyncLogOffsets;
import dev.sluice.service.offsets.LogOffsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens lanes at the store's progress, ignoring Kafka's committed offsets: after an assignment, after a failure, when a stopped partition is
 * resumed, and when another generation becomes live. Nothing waits for Kafka, which answers for each partition by itself: one without a leader
 * holds up neither the others nor the polling of open lanes. For polling threads only, one at a time.
 */
final class LaneOpening {

    private static final Logger LOG = LoggerFactory.getLogger(LaneOpening.class);

    private final Lanes lanes;
    private final AsyncLogOffsets log;
    private final IdBase ids;
    private final OwnPartitions own;
    private final LiveProcessing processing;
    // Of partitions whose lanes are closed, those that have been looked at for longest first.
    private final Map<TopicPartition, Look> looks = new LinkedHashMap<>();
    private final Map<TopicPartition, String> refused = new HashMap<>();

    /** How far it is known where a lane goes on, and what Kafka has been asked next. */
    private sealed interface Look {
        KafkaFuture<?> answer();

        /** First, whether its partition has a leader. */
        record Leader(KafkaFuture<Node> answer) implements Look {}
        /** Then, where the log begins. */
        record Begin(KafkaFuture<ListOffsetsResultInfo> answer) implements Look {}
        /** Last, after the store's progress has been read, where the log ends. */
        record End(
                KafkaFuture<ListOffsetsResultInfo> answer,
                long begin,
                Generation generation,
                @Nullable PartitionProgress reached)
                implements Look {}
    }

    LaneOpening(Lanes lanes, LogOffsets offsets, OwnPartitions own, LiveProcessing processing) {
        this.lanes = lanes;
        this.log = offsets.async();
        this.ids = offsets.ids();
        this.own = own;
        this.processing = processing;
    }

    /** Gets on with opening the assigned partitions that can be opened, which takes several rounds. Those that fail are retried after a rest. */
    synchronized void open(Consumer<?, ?> consumer) {
        Set<TopicPartition> closed = lanes.toOpen(consumer.assignment());
        looks.keySet().retainAll(closed);
        if (closed.isEmpty()) {
            return;
        }
        closed.removeAll(looks.keySet());
        giveUpUnanswered();
        attempt(answered(Look.End.class), those -> open(consumer, those));
        attempt(answered(Look.Begin.class), this::askEnds);
        attempt(answered(Look.Leader.class), this::askBegins);
        attempt(closed, this::askLeaders);
    }

    /** Forgets what it knows of partitions: another process may have owned them in the meantime. */
    synchronized void forget(Collection<TopicPartition> partitions) {
        looks.keySet().removeAll(partitions);
        refused.keySet().removeAll(partitions);
    }

    private void giveUpUnanswered() {
        Map<TopicPartition, KafkaException> failures = new HashMap<>();
        looks.forEach((partition, look) -> {
            if (look.answer().isCompletedExceptionally()) {
                try {
                    AsyncLogOffsets.answer(look.answer());
                } catch (KafkaException e) {
                    failures.put(partition, e);
                }
            }
        });
        failures.forEach((partition, failure) -> lanes.failed(List.of(partition), failure));
        looks.keySet().removeAll(failures.keySet());
        if (!failures.isEmpty()) {
            LOG.warn("Cannot tell yet where to go on: {}", failures);
        }
    }

    /**
     * The partitions for which Kafka has answered what it was asked at this step. Those that have failed come one at a time, because the
     * store answers for all partitions of a request or for none.
     */
    private Set<TopicPartition> answered(Class<? extends Look> step) {
        List<TopicPartition> answered = looks.entrySet().stream()
                .filter(look -> step.isInstance(look.getValue())
                        && look.getValue().answer().isDone()
                        && !look.getValue().answer().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .toList();
        Set<TopicPartition> untroubled = lanes.untroubled(answered);
        return untroubled.isEmpty() ? answered.stream().limit(1).collect(Collectors.toSet()) : untroubled;
    }

    private void attempt(Set<TopicPartition> partitions, java.util.function.Consumer<Set<TopicPartition>> step) {
        if (partitions.isEmpty()) {
            return;
        }
        try {
            step.accept(partitions);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            looks.keySet().removeAll(partitions);
            lanes.failed(partitions, e);
            LOG.warn("Cannot tell yet where to go on with {}: {}", partitions, e.toString());
        }
    }

    private void askLeaders(Set<TopicPartition> closed) {
        var leaders = log.askLeaders(OwnPartitions.numbers(closed));
        closed.forEach(partition ->
                looks.put(partition, new Look.Leader(Objects.requireNonNull(leaders.get(partition.partition())))));
    }

    private void askBegins(Set<TopicPartition> led) {
        var begins = log.ask(OwnPartitions.numbers(led), OffsetSpec.earliest());
        led.forEach(partition ->
                looks.put(partition, new Look.Begin(Objects.requireNonNull(begins.get(partition.partition())))));
    }

    private void askEnds(Set<TopicPartition> begun) {
        own.refresh(begun);
        processing.refreshFaults();
        Set<Integer> numbers = OwnPartitions.numbers(begun);
        Generation generation = processing.generation();
        // Read before the log's ends: otherwise the continuing progress of another processor could appear to be
        // beyond them.
        Map<Integer, PartitionProgress> reached =
                processing.progress(generation).goOn(numbers);
        var ends = log.ask(numbers, OffsetSpec.latest());
        for (TopicPartition partition : begun) {
            int number = partition.partition();
            looks.computeIfPresent(
                    partition,
                    (_, look) -> new Look.End(
                            Objects.requireNonNull(ends.get(number)),
                            AsyncLogOffsets.answer(((Look.Begin) look).answer()).offset(),
                            generation,
                            reached.get(number)));
        }
    }

    private void open(Consumer<?, ?> consumer, Set<TopicPartition> known) {
        Map<TopicPartition, Long> opened = new HashMap<>();
        List<LogEndsBeforeProgressException> refusals = new ArrayList<>();
        for (TopicPartition partition : known) {
            try {
                openAt(partition, (Look.End) Objects.requireNonNull(looks.remove(partition)))
                        .ifPresent(next -> {
                            consumer.seek(partition, next);
                            opened.put(partition, next.offset());
                        });
            } catch (LogEndsBeforeProgressException e) {
                lanes.failed(List.of(partition), e);
                // It is looked at again and again.
                if (!e.getMessage().equals(refused.put(partition, e.getMessage()))) {
                    refusals.add(e);
                }
            }
        }
        if (!refusals.isEmpty()) {
            LOG.error("Cannot go on: {}", LogEndsBeforeProgressException.inOneSentence(refusals));
        }
        if (!opened.isEmpty()) {
            refused.keySet().removeAll(opened.keySet());
            LOG.info("Consuming from {}", opened);
        }
    }

    /** Opens a partition's lane; returns where it continues, or nothing if it stays closed: its stop was reached, its progress is another by now, or another generation is live. */
    private Optional<OffsetAndMetadata> openAt(TopicPartition partition, Look.End look) {
        // What is stored below would make a collection anew that was dropped with its generation.
        if (processing.generation().number() != look.generation().number()) {
            return Optional.empty();
        }
        PartitionProgress reached = look.reached();
        // One without progress begins now: whatever was before its log's beginning is gone.
        PartitionProgress progress =
                reached == null ? PartitionProgress.begun(partition.partition(), ids.firstPosition()) : reached;
        ResumePoint point = ResumePoint.of(partition, progress, AsyncLogOffsets.answer(look.answer()), ids);
        long begin = look.begin();
        if (point.offset() < begin) {
            // Said before it is stored: if that fails, it is said again rather than never.
            lost(partition, point.offset(), begin);
        }
        if ((reached == null || point.offset() < begin)
                && !processing
                        .progress(look.generation())
                        .beginAt(partition.partition(), ids.position(begin), reached)) {
            return Optional.empty();
        }
        long from = Math.max(point.offset(), begin);
        return lanes.open(partition, from, look.generation()) ? Optional.of(point.seekTo(from, ids)) : Optional.empty();
    }

    private void lost(TopicPartition partition, long from, long to) {
        processing.lost(to - from);
        LOG.error("Records {} to {} of {} are no longer in the log and were never processed", from, to - 1, partition);
    }
}
