package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
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
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;

/**
 * Sees to it that consumption goes on where the store is, whatever Kafka's committed offsets say. A partition is trusted to be read from the
 * right place once it was put there, and no longer than nothing goes wrong with it and the same generation is live: after any failure and
 * after a rebuild its place is looked up again, so that no record is passed over whatever the container did meanwhile. Partitions belong to
 * one thread at a time.
 */
final class LogPositions implements ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(LogPositions.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(5);

    private final LiveGeneration live;
    private final IdBase ids;
    private final Breaker breaker;
    private final ConsumptionHealth health;
    // With the number of the generation that said so.
    private final Map<TopicPartition, Integer> trusted = new ConcurrentHashMap<>();
    // Per partition the offset after what was given out last: a log that is read from the right place never goes back.
    private final Map<TopicPartition, Long> given = new ConcurrentHashMap<>();

    LogPositions(LiveGeneration live, IdBase ids, Breaker breaker, ConsumptionHealth health) {
        this.live = live;
        this.ids = ids;
        this.breaker = breaker;
        this.health = health;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        doubt(partitions);
        breaker.forget(StoppedPartitions.numbers(partitions));
        try {
            breaker.learn(StoppedPartitions.numbers(partitions));
            Generation generation = live.current();
            Map<TopicPartition, Long> next = next(consumer, partitions, generation);
            next.forEach(consumer::seek);
            given.putAll(next);
            trust(partitions, generation);
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

    /** Has partitions of which nothing comes read again if another generation is live now, which may lack what was read before. */
    void recheck(Collection<TopicPartition> idle, ConsumerSeekCallback seek) {
        recheck(idle, live.current(), seek::seekToBeginning);
    }

    /**
     * The records that are to be processed: all of them where the place is trusted. Elsewhere those that the store has are left out, and
     * if the store wants earlier ones first, the partition is put back and none of its records is processed now.
     */
    List<ConsumerRecord<byte[], byte[]>> toProcess(
            Consumer<?, ?> consumer, List<ConsumerRecord<byte[], byte[]>> records, Generation generation) {
        requireForward(records);
        Set<TopicPartition> partitions = partitions(records);
        Set<TopicPartition> others = new LinkedHashSet<>(consumer.assignment());
        others.removeAll(partitions);
        recheck(others, generation, consumer::seekToBeginning);
        Set<TopicPartition> unsure = new LinkedHashSet<>(partitions);
        unsure.removeIf(partition -> isSureIn(generation, trusted.get(partition)));
        if (unsure.isEmpty()) {
            records.forEach(this::give);
            return records;
        }
        Map<TopicPartition, Long> next = next(consumer, unsure, generation);
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(records.size());
        given.putAll(next);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Long expected = next.get(partition(record));
            if (expected == null || record.offset() == expected) {
                next.remove(partition(record));
                give(record);
                wanted.add(record);
            }
        }
        // What is left has none of its records at the place where the store is. A partition may have been taken away
        // between two attempts.
        next.keySet().retainAll(consumer.assignment());
        next.forEach(consumer::seek);
        return wanted;
    }

    private void requireForward(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = partition(record);
            long next = trusted.containsKey(partition) ? given.getOrDefault(partition, 0L) : 0;
            if (record.offset() < next) {
                throw LogEndsBeforeProgressException.wentBack(partition, record.offset(), next);
            }
        }
    }

    private void give(ConsumerRecord<byte[], byte[]> record) {
        given.put(partition(record), record.offset() + 1);
    }

    /**
     * Goes on behind records that were processed. The consumer stands there already, unless their partition was assigned anew while they were
     * tried again: then it stands where the store was at that time.
     */
    static void goOnBehind(Consumer<?, ?> consumer, List<ConsumerRecord<byte[], byte[]>> processed) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        processed.forEach(record -> behind.put(partition(record), record.offset() + 1));
        behind.keySet().retainAll(consumer.assignment());
        behind.forEach((partition, next) -> {
            if (consumer.position(partition, KAFKA_TIMEOUT) < next) {
                consumer.seek(partition, next);
            }
        });
    }

    /** What was given out of these last comes again. */
    void putBack(Collection<TopicPartition> partitions) {
        partitions.forEach(given::remove);
    }

    /** Until {@link #trust} their place is not sure. */
    void doubt(Collection<TopicPartition> partitions) {
        partitions.forEach(trusted::remove);
    }

    /** Everything read so far has been processed in the generation. */
    void trust(Collection<TopicPartition> partitions, Generation generation) {
        partitions.forEach(partition -> trusted.put(partition, generation.number()));
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
        doubt(partitions);
        partitions.forEach(given::remove);
        breaker.forget(StoppedPartitions.numbers(partitions));
        health.recovered(partitions);
    }

    /** From the beginning, for the same reason as above: without asking the store or Kafka, which may fail, for what may not matter. */
    private void recheck(
            Collection<TopicPartition> partitions,
            Generation generation,
            java.util.function.Consumer<Collection<TopicPartition>> seekToBeginning) {
        Set<TopicPartition> elsewhere = new LinkedHashSet<>(partitions);
        elsewhere.removeIf(
                partition -> !trusted.containsKey(partition) || isSureIn(generation, trusted.get(partition)));
        if (!elsewhere.isEmpty()) {
            doubt(elsewhere);
            seekToBeginning.accept(elsewhere);
        }
    }

    private static boolean isSureIn(Generation generation, @Nullable Integer sureIn) {
        return sureIn != null && sureIn == generation.number();
    }

    /** Where to go on, by what the store says, as long as that fits the log. */
    private Map<TopicPartition, Long> next(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Generation generation) {
        MongoProgress progress = new MongoProgress(generation);
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
                throw LogEndsBeforeProgressException.ends(partition, end, wanted);
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
