package dev.sluice.http.lookup;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import dev.sluice.service.kafka.Deadline;
import dev.sluice.service.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer without a group, for one thread at a time. It must be closed after any exception. */
final class LogReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogReader(Map<String, Object> kafka, String clientId) {
        this.consumer = new KafkaConsumer<>(
                settings(kafka, clientId), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads a position before the end of the committed log; throws {@code OffsetOutOfRangeException} if it is gone. */
    LogLookup read(TopicPartition partition, long offset, Deadline deadline) {
        consumer.assign(List.of(partition));
        try {
            consumer.seek(partition, offset);
            do {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(deadline.left()).records(partition)) {
                    return record.offset() == offset ? new LogLookup.Found(record) : new LogLookup.Nowhere();
                }
                if (consumer.position(partition, deadline.left()) > offset) {
                    return new LogLookup.Nowhere();
                }
            } while (!deadline.isOver());
            return new LogLookup.NotNow();
        } finally {
            // Discards the other records fetched with it.
            consumer.unsubscribe();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String clientId) {
        Map<String, Object> settings = KafkaSettings.ofReader(kafka, clientId, TIMEOUT);
        settings.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        // The broker sends at least one batch, whatever its length, and only the batch with the record is needed.
        settings.put(FETCH_MAX_BYTES_CONFIG, 1);
        settings.put(MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        settings.put(MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()));
        settings.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }
}
