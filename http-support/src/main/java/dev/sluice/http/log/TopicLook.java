package dev.sluice.http.log;

import dev.sluice.contract.topic.TopicFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka what a topic is like, within bounded time. */
public final class TopicLook {

    private TopicLook() {}

    /**
     * What a topic is like; nothing if there is none.
     *
     * @throws KafkaException if Kafka is away or does not let us
     */
    public static Optional<TopicFacts> at(Admin admin, String topic, Duration timeout) {
        TopicDescription found;
        try {
            found = Objects.requireNonNull(
                    await(admin.describeTopics(List.of(topic)).allTopicNames(), timeout)
                            .get(topic));
        } catch (UnknownTopicOrPartitionException _) {
            return Optional.empty();
        }
        int replicas = found.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return Optional.of(new TopicFacts(
                topic,
                found.topicId().toString(),
                found.partitions().size(),
                replicas,
                configuration(admin, topic, timeout)));
    }

    /** Nothing if we may not look: a matter of permissions, and no reason to do nothing. */
    private static Map<String, String> configuration(Admin admin, String topic, Duration timeout) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new HashMap<>();
        try {
            Objects.requireNonNull(
                            await(admin.describeConfigs(List.of(resource)).all(), timeout)
                                    .get(resource))
                    .entries()
                    .forEach(entry -> {
                        if (entry.value() != null) {
                            settings.put(entry.name(), entry.value());
                        }
                    });
        } catch (AuthorizationException _) {
            return Map.of();
        }
        return settings;
    }

    private static <T> T await(KafkaFuture<T> answer, Duration timeout) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
