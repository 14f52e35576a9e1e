package dev.sluice.http.access;

import static org.apache.kafka.clients.consumer.ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The access-tokens topic, read by one consumer without a group. Every failure is thrown; the topic must then
 * be reopened.
 */
final class TokenTopic implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    private TokenTopic(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    static TokenTopic open(Map<String, Object> kafka, String topic) {
        Map<String, Object> properties = KafkaSettings.ofReader(kafka, "sluice-access-tokens", CALL_TIMEOUT);
        properties.put(REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(CALL_TIMEOUT.toMillis()));
        properties.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, POLL.toMillis());
        return new TokenTopic(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()), topic);
    }

    /** Reads from the start to the end of the topic as of this call. */
    Map<String, AccessToken> readToEnd() {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, CALL_TIMEOUT);
        Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            poll(record -> record.applyTo(tokens));
        }
        return tokens;
    }

    /** Applies new records, waiting up to a second for one to arrive, and tells the audit trail what they change. */
    void follow(Map<String, AccessToken> tokens) {
        poll(record -> TokenTrail.tell(record.id(), record.applyTo(tokens), record.token(), record.by()));
    }

    private void poll(Consumer<TokenRecord> use) {
        consumer.poll(POLL).forEach(record -> TokenRecord.read(record).ifPresent(use));
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    // Tokens live only in the first partition: if partitions were added and a token were in another one, its revocation
    // could be read before it.
    private List<TopicPartition> partitions() {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, CALL_TIMEOUT);
        if (partitions == null || partitions.isEmpty()) {
            throw new KafkaException("it does not exist");
        }
        return List.of(new TopicPartition(topic, TopicSettings.TOKENS_PARTITION));
    }
}
