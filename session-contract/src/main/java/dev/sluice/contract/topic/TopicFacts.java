package dev.sluice.contract.topic;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A topic as found in Kafka. Its {@code id} is Kafka's own, and changes when the topic is recreated; {@code replicas} are those of the partition that
 * has the fewest; {@code brokers} are all that are up, 0 if Kafka does not tell; {@code leaderless} are the partitions that no broker leads at the
 * moment; {@code configuration} has the effective settings, or is empty if Kafka does not show them.
 */
public record TopicFacts(
        String name,
        String id,
        int partitions,
        int replicas,
        int brokers,
        List<Integer> leaderless,
        Map<String, String> configuration) {

    public TopicFacts {
        leaderless = List.copyOf(leaderless);
        configuration = Map.copyOf(configuration);
    }

    /** The partitions that some broker leads: only of these can Kafka be asked for offsets. */
    public List<Integer> led() {
        return IntStream.range(0, partitions)
                .boxed()
                .filter(partition -> !leaderless.contains(partition))
                .toList();
    }
}
