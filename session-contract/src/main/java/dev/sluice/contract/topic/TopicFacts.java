package dev.sluice.contract.topic;

import java.util.Map;

/**
 * What a topic is like.
 *
 * @param name its name
 * @param id Kafka's own id of it, another one each time a topic of this name is made
 * @param partitions how many it has
 * @param replicas how many the partition with the fewest has
 * @param configuration the settings in force, by Kafka's names; empty if Kafka does not show them to us
 */
public record TopicFacts(String name, String id, int partitions, int replicas, Map<String, String> configuration) {

    public TopicFacts {
        configuration = Map.copyOf(configuration);
    }
}
