package dev.sluice.processor.topic;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.kafka.KafkaAnswers;
import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.service.kafka.TopicInspection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
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
     * @throws UnfitTopicException if a missing topic cannot be created
     */
    public static void ensure(Map<String, Object> kafka, TopicNames names, int partitions, short replicationFactor) {
        try (LazyAdmin admin = new LazyAdmin(kafka, "sluice-topics", TIMEOUT)) {
            TopicFacts topic = admin.with(asked -> makeMissing(asked, names, partitions, replicationFactor));
            if (topic.partitions() != partitions) {
                LOG.info(
                        "Topic {} has {} partitions, which stays; {} were asked for",
                        topic.name(),
                        topic.partitions(),
                        partitions);
            }
        }
    }

    /**
     * Creates the topic that ingest-api is told in, unless it exists.
     *
     * @throws UnfitTopicException if it cannot be created
     */
    public static void ensureInstallation(
            Map<String, Object> kafka, TopicNames names, short replicationFactor, Duration timeout) {
        try (LazyAdmin admin = new LazyAdmin(kafka, "sluice-topics", timeout)) {
            admin.with(asked -> {
                create(asked, List.of(newTopic(TopicSettings.installation(names), replicationFactor)));
                return names;
            });
        }
    }

    /** Returns the submissions topic. */
    private static TopicFacts makeMissing(Admin admin, TopicNames names, int partitions, short replicationFactor) {
        List<NewTopic> missing = new ArrayList<>();
        for (TopicSettings topic : TopicSettings.all(names, partitions)) {
            if (TopicInspection.at(admin, topic.name(), TIMEOUT).isEmpty()) {
                missing.add(newTopic(topic, replicationFactor));
            }
        }
        create(admin, missing);
        return awaitMade(admin, names.submissions());
    }

    static NewTopic newTopic(TopicSettings topic, short replicationFactor) {
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
                        "there is no topic " + name + ", and Kafka does not let us make it" + TopicInspection.ACLS);
            }
        });
    }

    /** The broker that answers may not know a new topic yet. */
    private static TopicFacts awaitMade(Admin admin, String name) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Optional<TopicFacts> made = TopicInspection.at(admin, name, TIMEOUT);
        while (made.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UnknownTopicOrPartitionException("there is no topic " + name);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            made = TopicInspection.at(admin, name, TIMEOUT);
        }
        return made.get();
    }
}
