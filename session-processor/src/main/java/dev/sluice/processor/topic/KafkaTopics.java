package dev.sluice.processor.topic;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.kafka.KafkaAnswers;
import dev.sluice.http.kafka.LazyAdmin;
import dev.sluice.http.kafka.TopicLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing topics. Existing ones are left unchanged. */
public final class KafkaTopics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int REPLICAS_THAT_LOSE_ONE = 3;

    private KafkaTopics() {}

    /**
     * Creates the missing topics, in one attempt of bounded time.
     *
     * @throws KafkaException if Kafka is unavailable or denies access
     * @throws UnfitTopicException if an existing topic cannot be used
     */
    public static void ensure(Map<String, Object> kafka, TopicNames names, int partitions, short replicationFactor) {
        try (LazyAdmin admin = new LazyAdmin(kafka, "sluice-topics", TIMEOUT)) {
            TopicDescription topic = admin.with(asked -> makeMissing(asked, names, partitions, replicationFactor));
            int actual = topic.partitions().size();
            if (actual != partitions) {
                LOG.info(
                        "Topic {} has {} partitions, which stays; {} were asked for", topic.name(), actual, partitions);
            }
        }
    }

    /** Returns the submissions topic. */
    private static TopicDescription makeMissing(
            Admin admin, TopicNames names, int partitions, short replicationFactor) {
        List<NewTopic> missing = new ArrayList<>();
        for (TopicSettings topic : TopicSettings.all(names, partitions)) {
            if (!exists(admin, topic.name())) {
                missing.add(newTopic(topic, replicationFactor));
            }
        }
        create(admin, missing);
        return describeMade(admin, names.submissions());
    }

    private static NewTopic newTopic(TopicSettings topic, short replicationFactor) {
        Map<String, String> configuration = new HashMap<>(topic.configuration());
        // What the brokers have as defaults may be what we refuse.
        configuration.put("min.insync.replicas", replicationFactor >= REPLICAS_THAT_LOSE_ONE ? "2" : "1");
        configuration.put("unclean.leader.election.enable", "false");
        return new NewTopic(topic.name(), topic.partitions(), replicationFactor).configs(configuration);
    }

    private static void create(Admin admin, List<NewTopic> missing) {
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                KafkaAnswers.await(created, TIMEOUT);
                LOG.info("Made topic {}", name);
            } catch (TopicExistsException e) {
                LOG.info("Topic {} was made by somebody else meanwhile", name);
            } catch (AuthorizationException e) {
                throw new UnfitTopicException(
                        "there is no topic " + name + ", and Kafka does not let us make it" + TopicLook.ACLS);
            }
        });
    }

    private static boolean exists(Admin admin, String name) {
        try {
            describe(admin, name);
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    /** The broker that answers may not know a new topic yet. */
    private static TopicDescription describeMade(Admin admin, String name) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return describe(admin, name);
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private static TopicDescription describe(Admin admin, String name) {
        try {
            return KafkaAnswers.await(
                    Objects.requireNonNull(admin.describeTopics(List.of(name))
                            .topicNameValues()
                            .get(name)),
                    TIMEOUT);
        } catch (TopicAuthorizationException e) {
            throw new UnfitTopicException("Kafka does not let us see topic " + name + TopicLook.ACLS);
        }
    }
}
