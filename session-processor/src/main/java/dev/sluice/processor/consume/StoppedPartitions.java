package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.Halt;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps partitions that the breaker has stopped paused, at the offset where they are stopped, while their consumer goes on with the others
 * and keeps them all. Partitions belong to one thread at a time.
 */
final class StoppedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedPartitions.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Breaker breaker;
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Long> lookedAt = ThreadLocal.withInitial(() -> System.nanoTime() - LOOK_EVERY.toNanos());

    StoppedPartitions(Breaker breaker) {
        this.breaker = breaker;
    }

    /** Before every poll, because whatever resumes a consumer after a retry or a rebalance resumes all of it. */
    void beforePoll(Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        look(assigned);
        for (TopicPartition partition : assigned) {
            if (breaker.stop(partition.partition()).isEmpty()) {
                if (paused.remove(partition)) {
                    consumer.resume(List.of(partition));
                }
            } else if (paused.contains(partition)) {
                consumer.pause(List.of(partition));
            }
        }
    }

    /**
     * Puts partitions back to where they are stopped, if any of these records of theirs were left out for it.
     *
     * @return those partitions
     */
    Set<TopicPartition> holdBack(Consumer<?, ?> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        Set<TopicPartition> held = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (breaker.isStopped(record.partition(), record.offset()) && held.add(partition)) {
                breaker.stop(record.partition()).ifPresent(halt -> holdBack(consumer, partition, halt));
            }
        }
        return held;
    }

    private void holdBack(Consumer<?, ?> consumer, TopicPartition partition, Halt halt) {
        // It may have been taken away between two attempts.
        if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, halt.offset());
            consumer.pause(List.of(partition));
            paused.add(partition);
        }
    }

    private void look(Collection<TopicPartition> assigned) {
        if (System.nanoTime() - lookedAt.get() < LOOK_EVERY.toNanos()) {
            return;
        }
        try {
            breaker.look(numbers(assigned));
        } catch (MongoException e) {
            LOG.debug("Cannot tell at the moment which partitions are stopped: {}", e.toString());
        }
        lookedAt.set(System.nanoTime());
    }

    static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
