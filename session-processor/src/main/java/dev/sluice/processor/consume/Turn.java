package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that a worker processes together: those of one lane with many, or of several lanes with few.
 *
 * @param generation the generation that all of them are stored in
 */
record Turn(Generation generation, List<Part> parts) {

    /**
     * The records of one lane.
     *
     * @param closings how often the lane had been closed when the turn began
     * @param records at least one
     */
    record Part(Lane lane, int closings, List<ConsumerRecord<byte[], byte[]>> records) {

        TopicPartition partition() {
            return lane.partition();
        }
    }

    /** All records, each lane's in log order. */
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
