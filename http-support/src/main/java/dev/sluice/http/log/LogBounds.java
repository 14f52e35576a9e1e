package dev.sluice.http.log;

import dev.sluice.http.kafka.LazyAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka how many partitions a topic has and where they begin and end. Thread-safe; throws what Kafka's
 * clients throw.
 */
final class LogBounds implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final LazyAdmin admin;
    private final String topic;
    private volatile int knownPartitions;

    LogBounds(Map<String, Object> kafka, String topic) {
        this.admin = new LazyAdmin(kafka, "sluice-log-bounds", TIMEOUT);
        this.topic = topic;
    }

    /** The number of partitions; 0 until {@link #hasPartition} has been called. */
    int knownPartitions() {
        return knownPartitions;
    }

    boolean hasPartition(int partition, Deadline deadline) {
        if (partition >= knownPartitions) {
            Collection<TopicDescription> found = admin.ask(
                            asked -> asked.describeTopics(List.of(topic)).allTopicNames(), deadline.left())
                    .values();
            knownPartitions = found.iterator().next().partitions().size();
        }
        return partition < knownPartitions;
    }

    /** The first offset still in the log. */
    long begin(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, deadline);
    }

    /** The offset after the last record visible to read-committed consumers. */
    long committedEnd(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, deadline);
    }

    /** The offset after the last record. */
    long end(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, deadline);
    }

    @Override
    public void close() {
        admin.close();
    }

    private long offset(int partition, OffsetSpec which, IsolationLevel isolation, Deadline deadline) {
        TopicPartition place = new TopicPartition(topic, partition);
        return admin.ask(
                        asked -> asked.listOffsets(Map.of(place, which), new ListOffsetsOptions(isolation))
                                .partitionResult(place),
                        deadline.left())
                .offset();
    }
}
