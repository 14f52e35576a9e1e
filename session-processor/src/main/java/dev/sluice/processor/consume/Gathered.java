package dev.sluice.processor.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The records of several polls, one after the other, as if one had brought them. */
final class Gathered {

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    private long bytes;

    /**
     * Takes what a poll has brought.
     *
     * @return how many records that was
     */
    int add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = polled.records(partition);
            records.computeIfAbsent(partition, _ -> new ArrayList<>()).addAll(some);
            some.forEach(record -> bytes += Math.max(0, record.serializedValueSize()));
        }
        next.putAll(polled.nextOffsets());
        return polled.count();
    }

    /** What a later poll has taken away is not ours any more; if it comes back, it comes from where its place is looked up. */
    void drop(Collection<TopicPartition> revoked) {
        records.keySet().removeAll(revoked);
        next.keySet().removeAll(revoked);
    }

    /** Of the values of all that was taken. */
    long bytes() {
        return bytes;
    }

    Set<TopicPartition> partitions() {
        return records.keySet();
    }

    /** All of it; nothing is left. */
    ConsumerRecords<byte[], byte[]> take() {
        ConsumerRecords<byte[], byte[]> all = new ConsumerRecords<>(new LinkedHashMap<>(records), new HashMap<>(next));
        clear();
        return all;
    }

    void clear() {
        records.clear();
        next.clear();
        bytes = 0;
    }
}
