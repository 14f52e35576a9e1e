package dev.sluice.service.kafka;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.settings.Environment;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the log of submissions is.
 *
 * @param kafka Kafka's own client properties, including the bootstrap servers
 * @param topics the names of the topics
 * @param partitions the only number of partitions to accept; if empty, that which is found first
 * @param ids the base of the ids of its records
 */
public record KafkaLog(Map<String, Object> kafka, TopicNames topics, OptionalInt partitions, IdBase ids) {

    public KafkaLog {
        kafka = Map.copyOf(kafka);
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("kafka has no bootstrap.servers");
        }
    }

    public static KafkaLog of(Map<String, Object> kafka, TopicNames topics) {
        return new KafkaLog(kafka, topics, OptionalInt.empty(), IdBase.NONE);
    }

    public static KafkaLog of(Environment environment) {
        return new KafkaLog(
                KafkaSettings.properties(environment),
                KafkaSettings.topics(environment),
                OptionalInt.of(KafkaSettings.partitions(environment)),
                KafkaSettings.ids(environment));
    }

    public KafkaLog withIds(IdBase ids) {
        return new KafkaLog(kafka, topics, partitions, ids);
    }

    /** Without Kafka's properties, which may hold passwords. */
    @Override
    public String toString() {
        return "KafkaLog[topics=" + topics + ", partitions=" + partitions + ", ids=" + ids + "]";
    }
}
