package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.TokenHeaders;
import dev.sluice.contract.access.TokenUseJson;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.access.TokenRecord;
import dev.sluice.service.kafka.CompactedTopic;
import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.standalone.kafka.KafkaFailure;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens in their topic, for commands. Each call connects, waits at most ten seconds for Kafka, and fails
 * with a one-line message for people. When {@link #publish} or {@link #revoke} returns, the change is on every in-sync
 * replica.
 */
public final class KafkaTokens {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTokens.class);
    private static final String CLIENT_ID = "sluice-token";

    private final Map<String, Object> kafka;
    private final String topic;
    private final String usesTopic;

    public KafkaTokens(Map<String, Object> kafka, TopicNames topics) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topics.accessTokens();
        this.usesTopic = topics.tokenUses();
    }

    static KafkaTokens of(KafkaOptions options) {
        return new KafkaTokens(options.settings(), options.topics());
    }

    public void publish(AccessToken token) {
        write(token.id(), AccessTokenJson.write(token));
    }

    /** Revokes a token; services stop accepting it within moments. */
    public void revoke(String id) {
        write(id, null);
    }

    /** Returns all tokens that are not revoked, including expired ones, oldest first. */
    public List<AccessToken> read() {
        Map<String, AccessToken> tokens = new LinkedHashMap<>();
        if (!readAll(topic, record -> TokenRecord.read(record).ifPresent(it -> it.applyTo(tokens)))) {
            throw KafkaFailure.noTopic(topic, kafka);
        }
        // Changing a token moves it to a later place in the topic, so the order there is not the order of creation.
        return tokens.values().stream()
                .sorted(Comparator.comparing(AccessToken::created))
                .toList();
    }

    /**
     * Returns when each token was last used, by token id, as reported by the services; empty if the topic does not
     * exist (an older installation).
     */
    public Map<String, Instant> lastUses() {
        Map<String, Instant> uses = new HashMap<>();
        readAll(usesTopic, record -> applyUse(record, uses));
        return uses;
    }

    /** Returns whether there is such a topic. */
    private boolean readAll(String name, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (CompactedTopic records = CompactedTopic.open(kafka, name, CLIENT_ID, KafkaFailure.PATIENCE)) {
            records.readToEnd(each);
            return true;
        } catch (UnknownTopicOrPartitionException _) {
            return false;
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, kafka);
        }
    }

    private void applyUse(ConsumerRecord<byte[], byte[]> record, Map<String, Instant> uses) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        try {
            Instant used = TokenUseJson.read(record.value());
            // Services that use a token at the same time may report in any order.
            uses.merge(
                    new String(record.key(), StandardCharsets.UTF_8),
                    used,
                    (one, other) -> one.isAfter(other) ? one : other);
        } catch (IllegalArgumentException e) {
            LOG.warn("Offset {} of {} is not a use: {}", record.offset(), usesTopic, e.getMessage());
        }
    }

    private void write(String id, byte @Nullable [] value) {
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        String who = System.getProperty("user.name", "unknown");
        // A producer might have a broker make a missing topic, with the brokers' settings.
        try (LazyAdmin admin = new LazyAdmin(kafka, CLIENT_ID, KafkaFailure.PATIENCE)) {
            admin.ask(it -> it.describeTopics(List.of(topic)).allTopicNames(), KafkaFailure.PATIENCE);
            CompactedTopic.write(kafka, topic, CLIENT_ID, KafkaFailure.PATIENCE, key, value, TokenHeaders.by(who));
        } catch (UnknownTopicOrPartitionException _) {
            throw KafkaFailure.noTopic(topic, kafka);
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, kafka);
        }
    }
}
