package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the log's partitions reach at least. A record that is sent later is acknowledged at a later offset; if it is not, it is in another log, or
 * the log has lost its end, and its place may be another record's. Readers keep ends of their own, which never go back; these are
 * forgotten once the log has lost its end. Thread-safe.
 */
final class LogEnds {

    private final AtomicLongArray ends = new AtomicLongArray(SubmissionId.MAX_PARTITIONS);
    private final Consumer<String> doubt;

    /** @param doubt is told what shows that the log is not what it was */
    LogEnds(Consumer<String> doubt) {
        this.doubt = doubt;
    }

    /** The partition that a record goes to, and the first offset that it can have there. */
    record Expected(int partition, long offset) {}

    /** To be asked before the record is sent: what others are told meanwhile says nothing about its place. */
    Expected expected(byte[] key, int partitions) {
        int partition = ProjectKey.partition(key, partitions);
        return new Expected(partition, ends.get(partition));
    }

    /** Whether a record was acknowledged in the log that it was sent to, as far as its place shows. */
    boolean isExpected(Expected expected, RecordMetadata place) {
        if (place.partition() != expected.partition() || place.offset() < expected.offset()) {
            doubt.accept("a record for partition " + expected.partition() + " from offset " + expected.offset()
                    + " on got offset " + place.offset() + " of partition " + place.partition());
            return false;
        }
        reaches(place.partition(), place.offset() + 1);
        return true;
    }

    /** Asks Kafka, and waits for no answer: until there is one, another log is noticed later. */
    void ask(Admin admin, TopicFacts topic) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition : topic.led()) {
            asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        ListOffsetsResult answers = admin.listOffsets(asked);
        for (TopicPartition partition : asked.keySet()) {
            var _ = answers.partitionResult(partition).whenComplete((end, failure) -> {
                if (failure == null) {
                    reaches(partition.partition(), end.offset());
                }
            });
        }
    }

    /** Notes that a partition ends at an offset or later. */
    void reaches(int partition, long end) {
        ends.accumulateAndGet(partition, end, Math::max);
    }

    /** Forgets all, for a log that has lost its end. */
    void forget() {
        for (int partition = 0; partition < ends.length(); partition++) {
            ends.set(partition, 0);
        }
    }
}
