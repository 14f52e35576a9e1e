package dev.sluice.processor;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Environment;

/**
 * The log that the processor reads, and what it publishes beside it.
 *
 * @param topics the topics' names
 * @param partitions the number of partitions of a new submissions topic; 1 to 256
 * @param replicationFactor the number of replicas of new topics
 * @param ids the base of the ids of the log's records
 * @param movedTo Kafka's id of a submissions topic that has the same records at the same offsets as the one that the store was filled from;
 *     blank if there is none
 */
public record LogConfig(TopicNames topics, int partitions, short replicationFactor, IdBase ids, String movedTo) {

    /** 12 partitions without replicas. */
    public static final LogConfig DEFAULT = of(TopicNames.DEFAULT, TopicSettings.DEFAULT_PARTITIONS);

    public LogConfig {
        if (partitions < 1 || partitions > SubmissionId.MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": expected 1 to " + SubmissionId.MAX_PARTITIONS);
        }
        if (replicationFactor < 1) {
            throw new IllegalArgumentException("replicationFactor is " + replicationFactor + ": expected at least 1");
        }
    }

    /** Topics without replicas, whose ids begin at 0. */
    public static LogConfig of(TopicNames topics, int partitions) {
        return new LogConfig(topics, partitions, (short) 1, IdBase.NONE, "");
    }

    /** Reads the environment. */
    static LogConfig of(Environment environment) {
        return new LogConfig(
                KafkaSettings.topics(environment),
                KafkaSettings.partitions(environment),
                (short) environment.integer("SLUICE_REPLICATION_FACTOR", 1, 1, Short.MAX_VALUE),
                KafkaSettings.ids(environment),
                environment.text(SourceLogCheck.MOVED_TO, ""));
    }

    public LogConfig withIds(IdBase ids) {
        return new LogConfig(topics, partitions, replicationFactor, ids, movedTo);
    }

    public LogConfig withMovedTo(String movedTo) {
        return new LogConfig(topics, partitions, replicationFactor, ids, movedTo);
    }
}
