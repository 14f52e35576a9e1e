package dev.sluice.processor.topic;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.service.kafka.TopicInspection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inspects existing topics over one connection, in bounded time. Throws a {@link KafkaException} while Kafka is unavailable. */
public final class TopicChecks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);

    private final LazyAdmin admin;
    private final TopicNames names;

    public TopicChecks(Map<String, Object> kafka, TopicNames names) {
        this.admin = new LazyAdmin(kafka, "sluice-topic-checks", KafkaTopics.TIMEOUT);
        this.names = names;
    }

    /** Describes the submissions topic; empty if it does not exist. */
    public Optional<TopicFacts> submissions() {
        return admin.with(asked -> TopicInspection.at(asked, names.submissions(), KafkaTopics.TIMEOUT));
    }

    /** Judges the submissions topic as it was found, and with it the other topics that processing writes to. */
    public TopicFitness fitness(TopicFacts submissions) {
        Set<String> written = Set.of(names.outcomes(), names.deadLetters(), names.installation());
        TopicSettings made = TopicSettings.submissions(names, TopicSettings.DEFAULT_PARTITIONS);
        return admin.with(asked -> TopicSettings.all(names, TopicSettings.DEFAULT_PARTITIONS).stream()
                .filter(topic -> written.contains(topic.name()))
                .map(topic -> lookAndJudge(asked, topic))
                .reduce(TopicFitness.ofSubmissions(submissions, made), TopicFitness::with));
    }

    private static TopicFitness lookAndJudge(Admin admin, TopicSettings made) {
        try {
            return TopicFitness.of(look(admin, made.name()), made);
        } catch (UnknownTopicOrPartitionException | TopicAuthorizationException e) {
            return new TopicFitness(List.of(String.valueOf(e.getMessage())), List.of(), List.of());
        }
    }

    /**
     * Checks that all topics are as they must be.
     *
     * @param replicationFactor the minimum number of replicas
     * @return the facts of the submissions topic
     * @throws UnfitTopicException if a topic cannot be used
     */
    public TopicFacts check(int replicationFactor) {
        return admin.with(asked -> {
            for (TopicSettings made : TopicSettings.all(names, TopicSettings.DEFAULT_PARTITIONS)) {
                check(asked, made, replicationFactor);
            }
            return look(asked, names.submissions());
        });
    }

    @Override
    public void close() {
        admin.close();
    }

    private void check(Admin admin, TopicSettings made, int replicationFactor) {
        TopicFacts found = look(admin, made.name());
        TopicInspection.forbidden(admin, made.name(), needed(made.name()), KafkaTopics.TIMEOUT)
                .ifPresent(sentence -> {
                    throw new UnfitTopicException(sentence);
                });
        TopicFitness fitness = judge(found, made);
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

    private TopicFitness judge(TopicFacts found, TopicSettings made) {
        if (made.name().equals(names.submissions())) {
            return TopicFitness.ofSubmissions(found, made);
        }
        return made.name().equals(names.tokenUses())
                ? TopicFitness.ofTokenUses(found, made)
                : TopicFitness.of(found, made);
    }

    private Set<AclOperation> needed(String topic) {
        if (topic.equals(names.installation())) {
            return Set.of(AclOperation.READ, AclOperation.WRITE);
        }
        return Set.of(names.outcomes(), names.deadLetters(), names.tokenUses()).contains(topic)
                ? Set.of(AclOperation.WRITE)
                : Set.of(AclOperation.READ);
    }

    private static TopicFacts look(Admin admin, String name) {
        return TopicInspection.at(admin, name, KafkaTopics.TIMEOUT)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("there is no topic " + name));
    }
}
