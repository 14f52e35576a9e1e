package dev.sluice.test.fault;

import dev.sluice.contract.topic.SubmissionHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the consumer return some records on which our code fails, when it reads who submitted them. */
public abstract class PoisonedRecords extends Interception {

    protected abstract boolean isPoisoned(ConsumerRecord<byte[], byte[]> record);

    /** What our code fails with. */
    protected RuntimeException fault() {
        return new IllegalStateException("a fault of our own");
    }

    @Override
    public final ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> given = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            given.put(
                    partition,
                    polled.records(partition).stream()
                            .map(record -> isPoisoned(record) ? poisoned(record) : record)
                            .toList());
        }
        return new ConsumerRecords<>(given, polled.nextOffsets());
    }

    private ConsumerRecord<byte[], byte[]> poisoned(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                new PoisonedHeaders(record.headers()),
                record.leaderEpoch());
    }

    private final class PoisonedHeaders extends RecordHeaders {

        private PoisonedHeaders(Headers headers) {
            super(headers.toArray());
        }

        @Override
        public Header lastHeader(String key) {
            if (key.equals(SubmissionHeaders.USER)) {
                throw fault();
            }
            return super.lastHeader(key);
        }
    }
}
