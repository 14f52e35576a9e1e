package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.TokenHeaders;
import dev.sluice.contract.access.TokenUseJson;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.access.TokenRecord;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.KafkaFailure;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
    private static final Duration POLL = Duration.ofMillis(200);

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
        requireTopic(topic);
        Map<String, AccessToken> tokens = new LinkedHashMap<>();
        readAll(topic, record -> TokenRecord.read(record).ifPresent(it -> it.applyTo(tokens)));
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
        if (isThere(usesTopic)) {
            readAll(usesTopic, record -> applyUse(record, uses));
        }
        return uses;
    }

    private void readAll(String name, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        TopicPartition partition = new TopicPartition(name, TopicSettings.COMPACTED_PARTITION);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.ofReader(kafka, CLIENT_ID, KafkaFailure.PATIENCE),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long deadline = System.nanoTime() + KafkaFailure.PATIENCE.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure("Kafka at " + KafkaFailure.address(kafka) + " did not deliver all of "
                            + name + " within " + KafkaFailure.PATIENCE.toSeconds() + " s");
                }
                consumer.poll(POLL).forEach(each);
            }
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
        requireTopic(topic);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("max.block.ms", millis(KafkaFailure.PATIENCE));
        settings.put("delivery.timeout.ms", millis(KafkaFailure.PATIENCE));
        settings.put("request.timeout.ms", millis(KafkaFailure.PATIENCE.dividedBy(2)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record(id, value)).get(KafkaFailure.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw KafkaFailure.of(e, kafka);
        } catch (InterruptedException e) {
            throw KafkaFailure.of(new InterruptException(e), kafka);
        }
    }

    private ProducerRecord<byte[], byte[]> record(String id, byte @Nullable [] value) {
        String who = System.getProperty("user.name", "unknown");
        return new ProducerRecord<>(
                topic,
                TopicSettings.COMPACTED_PARTITION,
                id.getBytes(StandardCharsets.UTF_8),
                value,
                TokenHeaders.by(who));
    }

    private void requireTopic(String name) {
        if (!isThere(name)) {
            throw KafkaFailure.noTopic(name, kafka);
        }
    }

    private boolean isThere(String name) {
        try (LazyAdmin admin = new LazyAdmin(kafka, CLIENT_ID, KafkaFailure.PATIENCE)) {
            admin.ask(it -> it.describeTopics(List.of(name)).allTopicNames(), KafkaFailure.PATIENCE);
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, kafka);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
