package dev.sluice.service.offsets;

import dev.sluice.contract.id.IdBase;
import dev.sluice.service.kafka.Deadline;
import dev.sluice.service.kafka.KafkaAnswers;
import dev.sluice.service.kafka.LazyAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks Kafka where the submissions topic's partitions begin and end, and what arrived when. Answers in positions (see
 * {@link IdBase}). Thread-safe; every call takes bounded time, and throws {@link KafkaException} if Kafka is
 * unavailable.
 */
public final class LogOffsets implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long NONE = -1;

    private final LazyAdmin admin;
    private final String topic;
    private final IdBase ids;
    private final AsyncLogOffsets async;
    // By partition, the end of the log as far as it was seen, also where consumers cannot read yet; it never goes back.
    private final Map<Integer, Long> seen = new ConcurrentHashMap<>();

    /**
     * Connects on first use.
     *
     * @param clientId as Kafka's logs and this process's metrics name it
     */
    public LogOffsets(Map<String, Object> kafka, String clientId, String topic, IdBase ids) {
        this.admin = new LazyAdmin(kafka, clientId, TIMEOUT);
        this.topic = topic;
        this.async = new AsyncLogOffsets(admin, topic);
        this.ids = ids;
    }

    public String topic() {
        return topic;
    }

    public IdBase ids() {
        return ids;
    }

    /**
     * How many partitions the topic has.
     *
     * @throws KafkaException if Kafka does not answer in time, or there is no such topic
     */
    public int partitions(Duration within) {
        Map<String, TopicDescription> found =
                admin.ask(asked -> asked.describeTopics(List.of(topic)).allTopicNames(), within);
        return Objects.requireNonNull(found.get(topic)).partitions().size();
    }

    /**
     * The position after the last record that consumers can read.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public long end(int partition) {
        return end(partition, TIMEOUT);
    }

    /** Like {@link #end(int)}, with another time limit. */
    public long end(int partition, Duration within) {
        return position(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, within);
    }

    /**
     * The position after the last record, also if consumers cannot read that far.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    public long endWithOpenTransactions(int partition, Duration within) {
        return position(partition, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, within);
    }

    /** Notes that a record with this offset was received from Kafka. */
    public void sawRecord(int partition, long offset) {
        seen.merge(partition, ids.position(offset) + 1, Math::max);
    }

    /**
     * Whether the log contains a position, even if consumers cannot read that far yet because of an open transaction. Asks Kafka only if the
     * position has not been seen yet.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public boolean reaches(int partition, long position) {
        if (seen.getOrDefault(partition, 0L) > position) {
            return true;
        }
        long end = endWithOpenTransactions(partition, TIMEOUT);
        seen.merge(partition, end, Math::max);
        return end > position;
    }

    /**
     * The position of the first remaining record.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public long begin(int partition) {
        return begin(partition, TIMEOUT);
    }

    /** Like {@link #begin(int)}, with another time limit. */
    public long begin(int partition, Duration within) {
        return position(partition, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED, within);
    }

    /**
     * The position of the first record that arrived at a time or later; empty if there is none.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public OptionalLong firstSince(int partition, long epochMillis) {
        // Negative times are Kafka's names for special offsets.
        long offset = offset(
                partition, OffsetSpec.forTimestamp(Math.max(0, epochMillis)), IsolationLevel.READ_COMMITTED, TIMEOUT);
        return offset == NONE ? OptionalLong.empty() : OptionalLong.of(ids.position(offset));
    }

    /**
     * By partition, the position after the last record that consumers can read.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public Map<Integer, Long> ends(Collection<Integer> partitions) {
        return ends(partitions, IsolationLevel.READ_COMMITTED);
    }

    /**
     * By partition, the position after the last record, including records that consumers cannot read before a transaction ends.
     *
     * @throws KafkaException if Kafka is unavailable
     */
    public Map<Integer, Long> endsWithOpenTransactions(Collection<Integer> partitions) {
        return ends(partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<Integer, Long> ends(Collection<Integer> partitions, IsolationLevel isolation) {
        Map<Integer, Long> ends = new HashMap<>();
        offsets(partitions, OffsetSpec.latest(), isolation, TIMEOUT)
                .forEach((place, offset) -> ends.put(place.partition(), ids.position(offset.offset())));
        return ends;
    }

    /**
     * By partition, the position after the last record that consumers can read; without those partitions for which Kafka does not answer.
     *
     * @throws KafkaException if Kafka is unavailable, or answers for none of them
     */
    public Map<Integer, Long> answeredEnds(Collection<Integer> partitions) {
        Deadline deadline = Deadline.in(TIMEOUT);
        Map<Integer, Long> ends = new HashMap<>();
        Optional<TimeoutException> silence = Optional.empty();
        for (var asked : async.ask(partitions, OffsetSpec.latest()).entrySet()) {
            try {
                ends.put(
                        asked.getKey(),
                        ids.position(KafkaAnswers.await(asked.getValue(), deadline.left())
                                .offset()));
            } catch (TimeoutException e) {
                silence = Optional.of(e);
            }
        }
        if (ends.isEmpty() && silence.isPresent()) {
            throw new TimeoutException("no broker that leads a partition of " + topic + " answers", silence.get());
        }
        return ends;
    }

    public AsyncLogOffsets async() {
        return async;
    }

    private long position(int partition, OffsetSpec which, IsolationLevel isolation, Duration within) {
        return ids.position(offset(partition, which, isolation, within));
    }

    private long offset(int partition, OffsetSpec which, IsolationLevel isolation, Duration within) {
        return offsets(List.of(partition), which, isolation, within)
                .values()
                .iterator()
                .next()
                .offset();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Collection<Integer> partitions, OffsetSpec which, IsolationLevel isolation, Duration within) {
        return admin.ask(
                asked -> asked.listOffsets(async.wanted(partitions, which), new ListOffsetsOptions(isolation))
                        .all(),
                within);
    }

    @Override
    public void close() {
        admin.close();
    }
}
