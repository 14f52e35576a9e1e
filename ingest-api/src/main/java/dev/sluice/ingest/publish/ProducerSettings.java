package dev.sluice.ingest.publish;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RETRIES_CONFIG;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings the producers need beyond the connection. */
public final class ProducerSettings {

    private static final long LEAST_BUFFER = 12L * 1024 * 1024;
    private static final long MOST_BUFFER = 128L * 1024 * 1024;
    private static final int FEED_BATCH_BYTES = 256 * 1024;
    private static final int FEED_LINGER_MILLIS = 5;
    private static final int FEED_REQUESTS_IN_FLIGHT = 5;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int MOST_BLOCKED_MILLIS = 2_000;

    private ProducerSettings() {}

    public static Map<String, Object> of(Map<String, Object> kafka, Duration ackTimeout, Heap heap) {
        int timeout = Math.toIntExact(ackTimeout.toMillis());
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CLIENT_ID_CONFIG, "sluice-ingest-api");
        settings.put(ACKS_CONFIG, "all");
        settings.put(ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(RETRIES_CONFIG, Integer.MAX_VALUE);
        // Records that arrive while a request is in flight go together into the next one. Under load that turns many
        // requests into a few larger batches, for which the broker uses a quarter less and ingest-api a tenth less; a
        // single record still goes at once.
        settings.put(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        // A full buffer means that Kafka does not keep up: better to say so soon than to hold more requests.
        settings.put(MAX_BLOCK_MS_CONFIG, Math.min(timeout / 2, MOST_BLOCKED_MILLIS));
        settings.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(MAX_REQUEST_SIZE_CONFIG, TopicSettings.MAX_MESSAGE_BYTES);
        settings.put(BUFFER_MEMORY_CONFIG, buffer(heap));
        // Every client waits for its own record, so lingering would delay each of them. Compression would cost the
        // edge more CPU than the rest of a request.
        settings.put(LINGER_MS_CONFIG, 0);
        settings.put(BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(COMPRESSION_TYPE_CONFIG, "none");
        return settings;
    }

    /**
     * The settings for feeds, which favour throughput over latency. {@code timeout} is how long a record may take, including the ones queued
     * before it.
     */
    public static Map<String, Object> ofFeeds(Map<String, Object> kafka, Duration timeout, Heap heap) {
        Map<String, Object> settings = of(kafka, timeout, heap);
        settings.put(CLIENT_ID_CONFIG, "sluice-ingest-api-feeds");
        settings.put(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, FEED_REQUESTS_IN_FLIGHT);
        // A feed waits for room rather than fail, which slows its client down.
        settings.put(MAX_BLOCK_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        settings.put(LINGER_MS_CONFIG, FEED_LINGER_MILLIS);
        settings.put(BATCH_SIZE_CONFIG, FEED_BATCH_BYTES);
        settings.put(COMPRESSION_TYPE_CONFIG, "lz4");
        return settings;
    }

    /** A producer's memory: room for one record of maximum size, and usually for others beside it. */
    static long buffer(Heap heap) {
        return Math.clamp(heap.share(16), LEAST_BUFFER, MOST_BUFFER);
    }
}
