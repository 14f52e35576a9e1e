package dev.sluice.http.log;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer without a group, for one thread at a time. It must be closed after any exception. */
final class LogReader implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogReader(Map<String, Object> kafka, int number) {
        this.consumer =
                new KafkaConsumer<>(settings(kafka, number), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads a position before the end of the committed log.
     *
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if it is no longer in the log
     */
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
            return new LogLookup.NotNow("Kafka does not hand the record out");
        } finally {
            // Discards the other records fetched with it.
            consumer.unsubscribe();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, int number) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(GROUP_ID_CONFIG);
        settings.remove(GROUP_INSTANCE_ID_CONFIG);
        settings.put(CLIENT_ID_CONFIG, "sluice-log-reader-" + number);
        settings.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        // The broker sends at least one batch, whatever its length, and only the batch with the record is needed.
        settings.put(FETCH_MAX_BYTES_CONFIG, 1);
        settings.put(MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        settings.put(MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }
}
