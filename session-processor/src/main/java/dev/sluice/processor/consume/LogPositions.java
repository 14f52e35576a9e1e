package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.progress.MongoProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Sees to it that consumption goes on where the store is, whatever Kafka's committed offsets say. A partition is trusted to be read from the
 * right place once it was put there, and no longer than nothing goes wrong with it: after any failure its place is looked up again, so that
 * no record is passed over whatever the container did meanwhile. Partitions belong to one thread at a time.
 */
final class LogPositions implements ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(LogPositions.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(5);

    private final MongoProgress progress;
    private final IdBase ids;
    private final ConsumptionHealth health;
    private final Set<TopicPartition> trusted = ConcurrentHashMap.newKeySet();

    LogPositions(MongoProgress progress, IdBase ids, ConsumptionHealth health) {
        this.progress = progress;
        this.ids = ids;
        this.health = health;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        trusted.removeAll(partitions);
        try {
            Map<TopicPartition, Long> next = next(consumer, partitions);
            next.forEach(consumer::seek);
            trusted.addAll(partitions);
            LOG.info("Consuming from {}", next);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            // From the beginning, so that there is a record as long as the log has any; before the first one is touched
            // its place is looked up again.
            consumer.seekToBeginning(partitions);
            if (e instanceof LogEndsBeforeProgressException) {
                health.failed(partitions, e);
            }
            LOG.warn("Cannot tell yet where to go on with {}: {}", partitions, e.toString());
        }
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    /**
     * The records that are to be processed: all of them where the place is trusted. Elsewhere those that the store has are left out, and
     * if the store wants earlier ones first, the partition is put back and none of its records is processed now.
     */
    List<ConsumerRecord<byte[], byte[]>> toProcess(
            Consumer<?, ?> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        Set<TopicPartition> unsure = new LinkedHashSet<>(partitions(records));
        unsure.removeAll(trusted);
        if (unsure.isEmpty()) {
            return records;
        }
        Map<TopicPartition, Long> next = next(consumer, unsure);
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Long expected = next.get(partition(record));
            if (expected == null || record.offset() == expected) {
                next.remove(partition(record));
                wanted.add(record);
            }
        }
        // What is left has none of its records at the place where the store is. A partition may have been taken away
        // between two attempts.
        next.keySet().retainAll(consumer.assignment());
        next.forEach(consumer::seek);
        return wanted;
    }

    /** Until {@link #trust} their place is not sure. */
    void doubt(Collection<TopicPartition> partitions) {
        trusted.removeAll(partitions);
    }

    /** Everything read so far has been processed. */
    void trust(Collection<TopicPartition> partitions) {
        trusted.addAll(partitions);
    }

    static Set<TopicPartition> partitions(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        records.forEach(record -> partitions.add(partition(record)));
        return partitions;
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void forget(Collection<TopicPartition> partitions) {
        trusted.removeAll(partitions);
        health.recovered(partitions);
    }

    /** Where to go on, by what the store says, as long as that fits the log. */
    private Map<TopicPartition, Long> next(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<Integer, Long> reached =
                progress.next(partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, KAFKA_TIMEOUT);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, KAFKA_TIMEOUT);
        Map<TopicPartition, Long> next = new HashMap<>();
        Map<Integer, Long> fresh = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long wanted = offset(reached.get(partition.partition()), begin);
            if (wanted > end) {
                throw new LogEndsBeforeProgressException(partition.topic(), partition.partition(), end, wanted);
            }
            if (wanted < begin) {
                LOG.error(
                        "Records {} to {} of {} are no longer in the log and were never processed",
                        wanted,
                        begin - 1,
                        partition);
            }
            next.put(partition, Math.max(wanted, begin));
            if (!reached.containsKey(partition.partition())) {
                fresh.put(partition.partition(), ids.position(begin));
            }
        }
        progress.begin(fresh);
        return next;
    }

    /** The offset to go on from; what the store has of a former topic only says nothing about this one. */
    private long offset(@Nullable Long position, long begin) {
        return position == null ? begin : Math.max(0, ids.offset(position));
    }
}
