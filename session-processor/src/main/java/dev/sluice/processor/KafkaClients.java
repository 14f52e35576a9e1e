package dev.sluice.processor;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.topic.BoundedPolls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What we insist on for consumers and producers, whatever connection settings they were given. */
final class KafkaClients {

    /** After so long a producer gives a record up. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    // While a fetch waits for partitions that have nothing, no other is sent to the same broker: less than it takes to
    // process what a full lane holds.
    private static final int FETCH_WAIT_MILLIS = 100;
    private static final int BATCH_BYTES = 256 * 1024;
    // Dead letters are as large as submissions, with a few headers more.
    private static final int MAX_REQUEST_BYTES = TopicSettings.MAX_MESSAGE_BYTES + 1024 * 1024;

    private KafkaClients() {}

    /** For a consumer in the processors' group that commits nothing by itself. */
    static Map<String, Object> consumer(ProcessorConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.topics().prefix() + "session-processor");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.topics().prefix() + "session-processor");
        settings.putAll(BoundedPolls.settings(config.capacity().heap()));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return settings;
    }

    static Map<String, Object> producer(ProcessorConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, config.topics().prefix() + "session-processor-outcomes");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // What a chunk brings is sent at once, and is much alike.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Fewer and fuller requests; and none that overtakes another one when it is sent again.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_TIMEOUT.toMillis());
        return settings;
    }
}
