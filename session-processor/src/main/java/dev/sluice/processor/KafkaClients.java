package dev.sluice.processor;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.log.BoundedPolls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of consumers and producers, which override the given connection settings. */
final class KafkaClients {

    /** How long a producer tries to send a record. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    // A fetch that waits for idle partitions blocks other fetches from the same broker. So it waits less than
    // processing a full lane takes.
    private static final int FETCH_WAIT_MILLIS = 100;
    private static final int BATCH_BYTES = 256 * 1024;

    private KafkaClients() {}

    /** Settings of a consumer in the processors' group, without auto-commit. */
    static Map<String, Object> consumer(ProcessorConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.topics().prefix() + "session-processor");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.topics().prefix() + "session-processor");
        settings.putAll(
                BoundedPolls.settings(config.capacity().heap(), config.log().partitions()));
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
        // The outcomes of a chunk are sent together and are similar.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Makes requests fewer and fuller, and keeps a retried one from being overtaken.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSettings.MAX_DEAD_LETTER_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_TIMEOUT.toMillis());
        return settings;
    }
}
