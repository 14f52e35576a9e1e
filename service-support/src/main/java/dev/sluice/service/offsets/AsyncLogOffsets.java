package dev.sluice.service.offsets;

import dev.sluice.service.kafka.KafkaAnswers;
import dev.sluice.service.kafka.LazyAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.LeaderNotAvailableException;

/** Questions about the submissions topic that Kafka answers for each partition by itself. Thread-safe. */
public final class AsyncLogOffsets {

    private final LazyAdmin admin;
    private final String topic;

    AsyncLogOffsets(LazyAdmin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * Asks for offsets that consumers can read, without waiting. Kafka answers for each partition by itself, or the answer fails soon.
     *
     * @throws KafkaException if Kafka cannot be asked
     */
    public Map<Integer, KafkaFuture<ListOffsetsResultInfo>> ask(Collection<Integer> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = wanted(partitions, which);
        ListOffsetsResult asked =
                admin.with(used -> used.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)));
        return partitions.stream()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> asked.partitionResult(new TopicPartition(topic, partition))));
    }

    /**
     * Asks for the leaders of partitions, without waiting; the answer for one that has none is a failure. Kafka's client, asked for its
     * offsets, would ask for its leader without a pause.
     *
     * @throws KafkaException if Kafka cannot be asked
     */
    public Map<Integer, KafkaFuture<Node>> askLeaders(Collection<Integer> partitions) {
        KafkaFuture<TopicDescription> asked = admin.begin(used -> Objects.requireNonNull(
                used.describeTopics(List.of(topic)).topicNameValues().get(topic)));
        return partitions.stream()
                .collect(Collectors.toMap(
                        partition -> partition, partition -> asked.thenApply(found -> leader(found, partition))));
    }

    private static Node leader(TopicDescription found, int partition) {
        Node leader = found.partitions().get(partition).leader();
        if (leader == null || leader.isEmpty()) {
            throw new LeaderNotAvailableException("there is no leader");
        }
        return leader;
    }

    /** What was answered; throws {@link KafkaException} if that is a failure, or nothing was answered yet. */
    public static <T> T answer(KafkaFuture<T> asked) {
        return KafkaAnswers.await(asked, Duration.ZERO);
    }

    Map<TopicPartition, OffsetSpec> wanted(Collection<Integer> partitions, OffsetSpec which) {
        return partitions.stream()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), _ -> which));
    }
}
