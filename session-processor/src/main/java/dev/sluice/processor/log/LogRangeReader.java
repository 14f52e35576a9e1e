package dev.sluice.processor.log;

import dev.sluice.contract.id.IdBase;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of the submissions topic without a consumer group. Not thread-safe; every wait is bounded. Throws a {@link KafkaException}
 * while Kafka is unavailable.
 */
public final class LogRangeReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // A range can end without a record, and the broker would wait for one.
    private static final int FETCH_WAIT_MILLIS = 50;

    // Enough to be worth a round trip to the store.
    private static final int GATHERED_RECORDS = 1000;
    private static final int GATHERED_BYTES = 4 * 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final IdBase ids;
    private final int partitions;

    public LogRangeReader(Map<String, Object> kafka, String clientId, SubmissionsTopic topic, Heap heap) {
        this.topic = topic.name();
        this.ids = topic.ids();
        this.partitions = topic.partitions().orElseThrow();
        Map<String, Object> settings = KafkaSettings.ofReader(kafka, clientId, TIMEOUT);
        settings.putAll(BoundedPolls.settings(heap, partitions));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        this.consumer = new KafkaConsumer<>(settings);
    }

    /**
     * A range of positions in a partition.
     *
     * @param to the position after the last one
     * @param leaderEpoch the leader epoch of the record before {@code from}, if known; reading then checks that the log still has that record
     */
    public record LogRange(long from, long to, Optional<Integer> leaderEpoch) {

        /** A range without a check of the record before it. */
        public LogRange(long from, long to) {
            this(from, to, Optional.empty());
        }
    }

    @FunctionalInterface
    public interface Gaps {

        /** Receives the positions from {@code from}, inclusive, to {@code to}, exclusive. */
        void add(int partition, long from, long to);
    }

    public int partitions() {
        return partitions;
    }

    /** For each partition, the position of the first remaining record. */
    public Map<Integer, Long> begins() {
        return byPartition(consumer.beginningOffsets(all()));
    }

    /** For each partition, the position after the last record that consumers can read. */
    public Map<Integer, Long> ends() {
        return byPartition(consumer.endOffsets(all()));
    }

    /**
     * Reads ranges of the log to their ends.
     *
     * @param reader receives the records of a few polls at a time, in log order within each partition
     * @throws org.apache.kafka.clients.consumer.InvalidOffsetException if the log lacks records that are to be read, or has different ones
     */
    public void read(Map<Integer, LogRange> ranges, Gaps gaps, Consumer<List<ConsumerRecord<byte[], byte[]>>> reader) {
        Map<Integer, Long> next = seek(ranges);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!next.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> wanted = wanted(poll(), ranges, next, gaps);
            if (!wanted.isEmpty()) {
                reader.accept(wanted);
            }
            if (finish(ranges, next, gaps) || !wanted.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("Kafka delivers nothing of topic " + topic + ", partition "
                        + next.keySet().iterator().next() + ", within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** Seeks to the start of each range. Returns the positions of the partitions that have anything to read. */
    private Map<Integer, Long> seek(Map<Integer, LogRange> ranges) {
        Map<Integer, Long> next = new TreeMap<>();
        ranges.forEach((partition, range) -> {
            if (range.from() < range.to()) {
                next.put(partition, range.from());
            }
        });
        // Resumes partitions that were paused at the end of an earlier range.
        consumer.unsubscribe();
        consumer.assign(next.keySet().stream().map(this::topicPartition).toList());
        next.forEach((partition, position) -> {
            long offset = ids.offset(position);
            Optional<Integer> epoch =
                    Objects.requireNonNull(ranges.get(partition)).leaderEpoch();
            consumer.seek(
                    topicPartition(partition),
                    new OffsetAndMetadata(offset, offset == 0 ? Optional.empty() : epoch, ""));
        });
        return next;
    }

    /** Polls, then keeps polling for records that are available at once, up to 1000 records or 4 MiB and one more poll. */
    private ConsumerRecords<byte[], byte[]> poll() {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> gathered = new HashMap<>();
        int count = 0;
        long bytes = 0;
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        while (!polled.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                gathered.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
                        .add(record);
                bytes += RecordSize.of(record);
            }
            count += polled.count();
            polled = count < GATHERED_RECORDS && bytes < GATHERED_BYTES
                    ? consumer.poll(Duration.ZERO)
                    : ConsumerRecords.empty();
        }
        return new ConsumerRecords<>(gathered, Map.of());
    }

    private List<ConsumerRecord<byte[], byte[]>> wanted(
            ConsumerRecords<byte[], byte[]> polled, Map<Integer, LogRange> ranges, Map<Integer, Long> next, Gaps gaps) {
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            LogRange range = ranges.get(record.partition());
            Long expected = next.get(record.partition());
            long position = ids.position(record.offset());
            if (range != null && expected != null && position < range.to()) {
                tell(gaps, record.partition(), expected, position);
                next.put(record.partition(), position + 1);
                wanted.add(record);
            }
        }
        return wanted;
    }

    /** Removes the partitions whose ranges are read to the end, which need not hold a record. Returns whether there were any. */
    private boolean finish(Map<Integer, LogRange> ranges, Map<Integer, Long> next, Gaps gaps) {
        Set<Integer> finished = next.keySet().stream()
                .filter(partition -> ids.position(consumer.position(topicPartition(partition)))
                        >= Objects.requireNonNull(ranges.get(partition)).to())
                .collect(Collectors.toSet());
        for (Integer partition : finished) {
            tell(
                    gaps,
                    partition,
                    next.remove(partition),
                    Objects.requireNonNull(ranges.get(partition)).to());
        }
        if (!finished.isEmpty()) {
            consumer.pause(finished.stream().map(this::topicPartition).toList());
        }
        return !finished.isEmpty();
    }

    private static void tell(Gaps gaps, int partition, @Nullable Long from, long to) {
        if (from != null && from < to) {
            gaps.add(partition, from, to);
        }
    }

    private List<TopicPartition> all() {
        return IntStream.range(0, partitions).mapToObj(this::topicPartition).toList();
    }

    private TopicPartition topicPartition(int partition) {
        return new TopicPartition(topic, partition);
    }

    private Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new HashMap<>();
        offsets.forEach((of, offset) -> byPartition.put(of.partition(), ids.position(offset)));
        return byPartition;
    }
}
