package dev.sluice.processor.log;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.settings.Heap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Bounds how much of the log is in memory at a time. Kafka limits fetches by the bytes of compressed batches and polls by the number of records:
 * sixty sessions of 8 MiB can be one batch of a megabyte.
 */
public final class BoundedPolls {

    private static final int FETCH_BYTES = 16 * 1024 * 1024;
    private static final int LEAST_PARTITION_BYTES = 64 * 1024;
    private static final int MOST_PARTITION_BYTES = 2 * 1024 * 1024;
    private static final int MOST_POLLED = 64;

    private BoundedPolls() {}

    /**
     * Settings of a consumer of submissions: no auto-commit, and no silent skipping of records.
     *
     * @param partitions the number of partitions that it may be assigned
     */
    public static Map<String, Object> settings(Heap heap, int partitions) {
        return Map.of(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                records(heap),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH_BYTES,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                partitionBytes(heap, partitions));
    }

    /**
     * How many bytes to fetch from a partition at a time: Kafka's client keeps what it has fetched of each paused partition, which together
     * is to be a sixteenth of the heap at most.
     */
    static int partitionBytes(Heap heap, int partitions) {
        return Math.clamp(heap.share(16 * partitions), LEAST_PARTITION_BYTES, MOST_PARTITION_BYTES);
    }

    /** How many records of the largest allowed size fit into an eighth of the heap; at least one. */
    static int records(Heap heap) {
        return Math.clamp(heap.share(8) / TopicSettings.MAX_BODY_BYTES, 1, MOST_POLLED);
    }
}
