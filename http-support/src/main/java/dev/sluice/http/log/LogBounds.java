package dev.sluice.http.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** How many partitions a topic has and where they begin and end, asked of Kafka. For many threads; throws what Kafka's clients throw. */
final class LogBounds implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Map<String, Object> settings;
    private final String topic;
    private volatile int knownPartitions;
    private @Nullable Admin admin;
    private boolean closed;

    LogBounds(Map<String, Object> kafka, String topic) {
        this.settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-log-bounds");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        this.topic = topic;
    }

    /** How many partitions there are; 0 before somebody has asked whether there is one. */
    int knownPartitions() {
        return knownPartitions;
    }

    boolean hasPartition(int partition, Deadline deadline) {
        if (partition >= knownPartitions) {
            Collection<TopicDescription> found = await(
                            admin().describeTopics(List.of(topic)).allTopicNames(), deadline)
                    .values();
            knownPartitions = found.iterator().next().partitions().size();
        }
        return partition < knownPartitions;
    }

    /** The first offset that is still there. */
    long begin(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, deadline);
    }

    /** The offset after the last record that readers of committed records get. */
    long committedEnd(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, deadline);
    }

    /** The offset after the last record. */
    long end(int partition, Deadline deadline) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, deadline);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private long offset(int partition, OffsetSpec which, IsolationLevel isolation, Deadline deadline) {
        TopicPartition place = new TopicPartition(topic, partition);
        return await(
                        admin().listOffsets(Map.of(place, which), new ListOffsetsOptions(isolation))
                                .partitionResult(place),
                        deadline)
                .offset();
    }

    // Made when it is needed first: it cannot be made while the servers' names have no address.
    private synchronized Admin admin() {
        if (closed) {
            throw new KafkaException("it is closed");
        }
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    private static <T> T await(KafkaFuture<T> answer, Deadline deadline) {
        try {
            return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
