package dev.sluice.http.access;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.TokenHeaders;
import dev.sluice.contract.topic.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access-tokens topic, read by one consumer without a group. Every failure is thrown; the topic must then
 * be reopened.
 */
final class TokenTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenTopic.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final Pattern TOKEN_ID = Pattern.compile("[0-9a-f]{16}");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    private TokenTopic(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    static TokenTopic open(Map<String, Object> kafka, String topic) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.remove(GROUP_ID_CONFIG);
        properties.put(CLIENT_ID_CONFIG, "sluice-access-tokens");
        properties.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A position that is not in the log means that the topic was recreated, which is then read from the start into
        // a new map.
        properties.put(AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(CALL_TIMEOUT.toMillis()));
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
            follow(tokens, TokenChanges.UNHEARD);
        }
        return tokens;
    }

    /** Applies new records, waiting up to a second for one to arrive. */
    void follow(Map<String, AccessToken> tokens, TokenChanges changes) {
        consumer.poll(POLL).forEach(record -> apply(record, tokens, changes));
    }

    /** Interrupts a blocking call from another thread. */
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

    // An unreadable record grants nothing, and also cancels what an older record with the same id granted. It must not
    // stop the reading, or one bad record would lock out every token.
    private void apply(ConsumerRecord<byte[], byte[]> record, Map<String, AccessToken> tokens, TokenChanges changes) {
        byte[] key = record.key();
        String id = key == null ? "" : new String(key, StandardCharsets.ISO_8859_1);
        if (!TOKEN_ID.matcher(id).matches()) {
            LOG.warn("Ignoring {}-{}@{}: its key is no token id", topic, record.partition(), record.offset());
            return;
        }
        Optional<AccessToken> after = token(id, record.value());
        Optional<AccessToken> before =
                Optional.ofNullable(after.isPresent() ? tokens.put(id, after.get()) : tokens.remove(id));
        changes.changed(id, before, after, TokenHeaders.by(record.headers()));
    }

    private static Optional<AccessToken> token(String id, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AccessTokenJson.read(id, value));
        } catch (RuntimeException e) {
            LOG.warn("Token {} opens nothing: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
