package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a worker processes at once: records of one lane that has many, or of several that have few.
 *
 * @param generation where all of it is stored
 */
record Turn(Generation generation, List<Part> parts) {

    /**
     * Of one lane.
     *
     * @param closings how often the lane had been closed when they were taken
     * @param records at least one
     */
    record Part(Lane lane, int closings, List<ConsumerRecord<byte[], byte[]>> records) {

        TopicPartition partition() {
            return lane.partition();
        }
    }

    /** Each lane's in the order of the log. */
    List<ConsumerRecord<byte[], byte[]>> records() {
        if (parts.size() == 1) {
            return parts.getFirst().records();
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        parts.forEach(part -> records.addAll(part.records()));
        return records;
    }

    List<TopicPartition> partitions() {
        return parts.stream().map(Part::partition).toList();
    }
}
