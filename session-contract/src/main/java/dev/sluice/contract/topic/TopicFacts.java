package dev.sluice.contract.topic;

import java.util.List;
import java.util.Map;

/**
 * A topic as found in Kafka.
 *
 * @param name its name
 * @param id Kafka's own id of the topic, which changes when the topic is recreated
 * @param partitions the number of partitions
 * @param replicas the number of replicas of the partition that has the fewest
 * @param leaderless the partitions that no broker leads at the moment
 * @param configuration the effective settings by Kafka's names; empty if Kafka does not let us see them
 */
public record TopicFacts(
        String name,
        String id,
        int partitions,
        int replicas,
        List<Integer> leaderless,
        Map<String, String> configuration) {

    public TopicFacts {
        leaderless = List.copyOf(leaderless);
        configuration = Map.copyOf(configuration);
    }
}
