package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.service.offsets.LogOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * The work of the polling thread. Before each poll it opens lanes and pauses partitions that must not receive records; it adds polled records
 * to the lanes, and forwards assignments and revocations to them. It processes nothing itself: of the store it asks where to continue,
 * what is stopped and which generation is live, and stores where new partitions begin and what the log has lost, each within a few seconds.
 *
 * <p>Start reading at {@link #setupThreadState}. The polling loop is spring-kafka's: it calls that before each poll, {@link #onMessage} with what was
 * polled, and {@link #clearThreadState} after each round, also a failed one. The interface is made for those who change records before the listener
 * gets them, which {@link #intercept} does not; but an interceptor is all that spring-kafka calls before each poll, on the thread that may use
 * the consumer.
 */
final class PollRounds
        implements BatchInterceptor<byte[], byte[]>,
                BatchConsumerAwareMessageListener<byte[], byte[]>,
                ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(PollRounds.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    // Together these must stay below the time that stopping may take.
    private static final Duration TURN_PATIENCE = Duration.ofMillis(1_500);
    private static final Duration LAST_COMMIT_TIMEOUT = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final LaneOpening opening;
    private final LogOffsets offsets;
    private final OwnPartitions own;
    private final LiveProcessing processing;
    private final ConsumptionHealth health;
    private long lastLook = System.nanoTime() - LOOK_EVERY.toNanos();
    private long lastCommit = System.nanoTime();
    private boolean hadNone;
    // The threads of a consumer and its successor may meet here.
    private volatile Map<TopicPartition, OffsetAndMetadata> committedOffsets = Map.of();

    PollRounds(
            Lanes lanes,
            LaneOpening opening,
            LogOffsets offsets,
            OwnPartitions own,
            LiveProcessing processing,
            ConsumptionHealth health) {
        this.lanes = lanes;
        this.opening = opening;
        this.offsets = offsets;
        this.own = own;
        this.processing = processing;
        this.health = health;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        look(assigned);
        opening.open(consumer);
        recover(consumer, assigned);
        pause(consumer, assigned);
        commit(consumer);
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        health.polled();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> intercept(
            ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        return records;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        int begin = 0;
        for (int i = 1; i <= records.size(); i++) {
            int partition = records.get(begin).partition();
            if (i == records.size() || records.get(i).partition() != partition) {
                offsets.sawRecord(partition, records.get(i - 1).offset());
                lanes.add(new TopicPartition(records.get(begin).topic(), partition), records.subList(begin, i));
                begin = i;
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        lanes.assigned(partitions);
        own.assigned(partitions);
        opening.forget(partitions);
        // The consumer needs a position for every partition. Opening a lane then seeks to where it continues.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(lanes.toPause(partitions));
        // A static member that led the group gets back what it had, without a look at the topic: nothing, if it was
        // missing then.
        if (partitions.isEmpty() && !hadNone) {
            consumer.enforceRebalance("no partitions");
        }
        hadNone = partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        lanes.revoked(partitions, TURN_PATIENCE);
        Map<TopicPartition, OffsetAndMetadata> last = reached(partitions);
        last.entrySet().removeAll(committedOffsets.entrySet());
        own.revoked(partitions);
        if (!last.isEmpty()) {
            try {
                consumer.commitSync(last, LAST_COMMIT_TIMEOUT);
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.info("Offsets {} are not committed to Kafka: {}", last, e.toString());
            }
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        lanes.revoked(partitions, Duration.ZERO);
        own.revoked(partitions);
    }

    private void look(Set<TopicPartition> assigned) {
        try {
            Generation live = processing.generation();
            lanes.closeUnlessIn(live);
            own.enter(live);
            if (System.nanoTime() - lastLook >= LOOK_EVERY.toNanos()) {
                lastLook = System.nanoTime();
                own.refresh(assigned);
            }
        } catch (MongoException e) {
            LOG.debug("Cannot tell at the moment what is stopped, or live: {}", e.toString());
        }
    }

    /** Clears the failures of partitions with nothing left to process: the failed records were stored after all, or a marker follows them. */
    private void recover(Consumer<?, ?> consumer, Set<TopicPartition> assigned) {
        for (TopicPartition partition : lanes.idleInTrouble(assigned)) {
            if (consumer.currentLag(partition).orElse(1) == 0) {
                lanes.caughtUp(partition);
            }
        }
    }

    private void pause(Consumer<?, ?> consumer, Set<TopicPartition> assigned) {
        Set<TopicPartition> resting = lanes.toPause(assigned);
        Set<TopicPartition> paused = consumer.paused();
        if (!resting.equals(paused)) {
            Set<TopicPartition> resumed = new HashSet<>(paused);
            resumed.removeAll(resting);
            consumer.resume(resumed);
            consumer.pause(resting);
        }
    }

    /** Commits offsets to Kafka for lag monitoring only; the processor itself goes by the store. */
    private void commit(Consumer<?, ?> consumer) {
        if (System.nanoTime() - lastCommit < COMMIT_EVERY.toNanos()) {
            return;
        }
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> reached = reached(consumer.assignment());
        if (!reached.equals(committedOffsets)) {
            committedOffsets = reached;
            consumer.commitAsync(reached, (_, failure) -> {
                if (failure != null) {
                    committedOffsets = Map.of();
                    LOG.info("Offsets {} are not committed to Kafka: {}", reached, failure.toString());
                }
            });
        }
    }

    /** For each partition, the offset after the last record processed since it was assigned. */
    private Map<TopicPartition, OffsetAndMetadata> reached(Collection<TopicPartition> partitions) {
        Map<Integer, Long> positions = own.reached();
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition.partition());
            if (position != null) {
                reached.put(partition, new OffsetAndMetadata(offsets.ids().offset(position)));
            }
        }
        return reached;
    }
}
