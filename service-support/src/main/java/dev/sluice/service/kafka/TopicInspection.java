package dev.sluice.service.kafka;

import dev.sluice.contract.topic.TopicFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for a topic's configuration and permissions, within a bounded time. */
public final class TopicInspection {

    /** Where to read on; ends a message about missing permissions. */
    public static final String ACLS = ": give us the rights that docs/security.md lists";

    private TopicInspection() {}

    /**
     * The topic's facts; empty if it does not exist. If Kafka does not let us see it, a {@link
     * TopicAuthorizationException} says so to people.
     */
    public static Optional<TopicFacts> at(Admin admin, String topic, Duration timeout) {
        TopicDescription found;
        Map<String, String> configuration;
        int brokers;
        try {
            found = description(admin, topic, new DescribeTopicsOptions(), timeout);
            configuration = configuration(admin, topic, timeout);
            brokers = brokers(admin, timeout);
        } catch (UnknownTopicOrPartitionException _) {
            // The broker that is asked for the configuration may know a new topic later than the one that described it.
            return Optional.empty();
        } catch (TopicAuthorizationException _) {
            throw new TopicAuthorizationException("Kafka does not let us see topic " + topic + ACLS);
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
                brokers,
                found.partitions().stream()
                        .filter(partition -> partition.leader() == null)
                        .map(TopicPartitionInfo::partition)
                        .toList(),
                configuration));
    }

    /**
     * A sentence that names the operations we may not perform on an existing topic; empty if all are allowed, or
     * Kafka does not say.
     *
     * @param needed the operations we are going to perform
     * @throws KafkaException if Kafka is unavailable, or does not let us see the topic
     */
    public static Optional<String> forbidden(Admin admin, String topic, Set<AclOperation> needed, Duration timeout) {
        TopicDescription found =
                description(admin, topic, new DescribeTopicsOptions().includeAuthorizedOperations(true), timeout);
        Set<AclOperation> allowed = found.authorizedOperations();
        // Describing a topic is itself an operation, so an empty set means that the broker keeps no ACLs.
        if (allowed == null || allowed.isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = needed.stream()
                .filter(operation -> !allowed.contains(operation))
                .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Kafka does not let us " + String.join(" and ", missing) + " topic " + topic + ACLS);
    }

    private static TopicDescription description(
            Admin admin, String topic, DescribeTopicsOptions options, Duration timeout) {
        return Objects.requireNonNull(
                KafkaAnswers.await(admin.describeTopics(List.of(topic), options).allTopicNames(), timeout)
                        .get(topic));
    }

    /** 0 if we may not know. */
    private static int brokers(Admin admin, Duration timeout) {
        try {
            return KafkaAnswers.await(admin.describeCluster().nodes(), timeout).size();
        } catch (AuthorizationException _) {
            return 0;
        }
    }

    /** Empty if we may not read the configuration: a missing permission is no reason to stop. */
    private static Map<String, String> configuration(Admin admin, String topic, Duration timeout) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new HashMap<>();
        try {
            Objects.requireNonNull(KafkaAnswers.await(
                                    admin.describeConfigs(List.of(resource)).all(), timeout)
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
}
