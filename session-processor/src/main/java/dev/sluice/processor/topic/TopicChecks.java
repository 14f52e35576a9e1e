package dev.sluice.processor.topic;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.log.TopicLook;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the topics that are there, within bounded time. Throws a {@link KafkaException} while Kafka is away. */
public final class TopicChecks {

    private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);

    private final Map<String, Object> kafka;
    private final TopicNames names;

    public TopicChecks(Map<String, Object> kafka, TopicNames names) {
        this.kafka = Map.copyOf(kafka);
        this.names = names;
    }

    /** What the submissions topic is like; nothing if there is none. */
    public Optional<TopicFacts> submissions() {
        return KafkaTopics.withAdmin(kafka, admin -> TopicLook.at(admin, names.submissions(), KafkaTopics.TIMEOUT));
    }

    /** What there is to say of the submissions topic as it was found. */
    public TopicFitness fitness(TopicFacts submissions) {
        return TopicFitness.ofSubmissions(
                submissions, TopicSettings.submissions(names, TopicSettings.DEFAULT_PARTITIONS));
    }

    /**
     * Whether all of them are as they must be.
     *
     * @param replicationFactor how many replicas each has at least
     * @return what the submissions topic is like
     * @throws UnfitTopicException if one is not
     */
    public TopicFacts check(int replicationFactor) {
        return KafkaTopics.withAdmin(kafka, admin -> {
            for (TopicSettings made : TopicSettings.all(names, TopicSettings.DEFAULT_PARTITIONS)) {
                check(admin, made, replicationFactor);
            }
            return look(admin, names.submissions());
        });
    }

    private void check(Admin admin, TopicSettings made, int replicationFactor) {
        TopicFacts found = look(admin, made.name());
        TopicLook.forbidden(admin, made.name(), Set.of(needed(made.name())), KafkaTopics.TIMEOUT)
                .ifPresent(sentence -> {
                    throw new UnfitTopicException(sentence);
                });
        TopicFitness fitness = made.name().equals(names.submissions())
                ? TopicFitness.ofSubmissions(found, made)
                : TopicFitness.of(found, made);
        fitness.faultsAndRisks().ifPresent(sentence -> {
            throw new UnfitTopicException(sentence);
        });
        if (found.replicas() < replicationFactor) {
            throw new UnfitTopicException("topic " + found.name() + " has " + found.replicas()
                    + (found.replicas() == 1 ? " replica" : " replicas") + ", but SLUICE_REPLICATION_FACTOR is "
                    + replicationFactor + ": give it more (kafka-reassign-partitions), or set that to "
                    + found.replicas());
        }
        fitness.remarks().forEach(remark -> LOG.warn("Be aware: {}", remark));
    }

    private AclOperation needed(String topic) {
        return Set.of(names.outcomes(), names.deadLetters(), names.tokenUses()).contains(topic)
                ? AclOperation.WRITE
                : AclOperation.READ;
    }

    private static TopicFacts look(Admin admin, String name) {
        return TopicLook.at(admin, name, KafkaTopics.TIMEOUT)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("there is no topic " + name));
    }
}
