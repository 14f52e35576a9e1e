package dev.sluice.processor.audit;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.settings.Heap;
import dev.sluice.processor.topic.BoundedPolls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The submissions topic, read from wherever, without a consumer group. For one thread; every wait is bounded. */
final class SubmissionsLog implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final IdBase ids;
    private final int partitions;

    SubmissionsLog(Map<String, Object> kafka, String topic, IdBase ids) {
        this.topic = topic;
        this.ids = ids;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-audit");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.putAll(BoundedPolls.settings(Heap.ofProcess()));
        // A stretch can end without a record, for which the broker would wait.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            this.partitions = known == null ? 0 : known.size();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Takes the records of one poll. */
    @FunctionalInterface
    interface Reader {

        /** Takes records that are, for each partition, in the order of the log. */
        void read(List<ConsumerRecord<byte[], byte[]>> records);
    }

    /** Positions of a partition, the end excluded. */
    record Stretch(long from, long to) {}

    /** 0 if there is no such topic. */
    int partitions() {
        return partitions;
    }

    /** Per partition the position of the first record that is left. */
    Map<Integer, Long> begins() {
        return byPartition(consumer.beginningOffsets(all()));
    }

    /** Per partition the position after the last record that consumers get. */
    Map<Integer, Long> ends() {
        return byPartition(consumer.endOffsets(all()));
    }

    /** Reads stretches of the log to their ends, and tells which positions in them hold no record. */
    void walk(Map<Integer, Stretch> stretches, EmptyPositions empty, Reader reader) {
        Map<Integer, Long> next = new TreeMap<>();
        stretches.forEach((partition, stretch) -> {
            if (stretch.from() < stretch.to()) {
                next.put(partition, stretch.from());
            }
        });
        // Or a partition that was paused at the end of another stretch would stay so.
        consumer.unsubscribe();
        consumer.assign(next.keySet().stream().map(this::place).toList());
        next.forEach((partition, position) -> consumer.seek(place(partition), ids.offset(position)));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!next.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = BoundedPolls.gather(consumer, POLL);
            if (pass(polled, stretches, next, empty, reader)) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new AuditFailure("Kafka delivers nothing of topic " + topic + ", partition "
                        + next.keySet().iterator().next() + ", within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private boolean pass(
            ConsumerRecords<byte[], byte[]> polled,
            Map<Integer, Stretch> stretches,
            Map<Integer, Long> next,
            EmptyPositions empty,
            Reader reader) {
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            Stretch stretch = stretches.get(record.partition());
            Long expected = next.get(record.partition());
            long position = ids.position(record.offset());
            if (stretch != null && expected != null && position < stretch.to()) {
                empty.add(record.partition(), expected, position);
                next.put(record.partition(), position + 1);
                wanted.add(record);
            }
        }
        if (!wanted.isEmpty()) {
            reader.read(wanted);
        }
        return finish(stretches, next, empty) || !wanted.isEmpty();
    }

    /** Lets go of partitions that are read to their end, which need not hold a record. */
    private boolean finish(Map<Integer, Stretch> stretches, Map<Integer, Long> next, EmptyPositions empty) {
        Set<Integer> finished = next.keySet().stream()
                .filter(partition -> ids.position(consumer.position(place(partition)))
                        >= Objects.requireNonNull(stretches.get(partition)).to())
                .collect(Collectors.toSet());
        for (Integer partition : finished) {
            Stretch stretch = Objects.requireNonNull(stretches.get(partition));
            empty.add(partition, Objects.requireNonNull(next.remove(partition)), stretch.to());
        }
        if (!finished.isEmpty()) {
            consumer.pause(finished.stream().map(this::place).toList());
        }
        return !finished.isEmpty();
    }

    /** Whether a partition's end is not before an id's record. */
    static boolean reaches(Map<Integer, Long> ends, SubmissionId id) {
        return id.position() < ends.getOrDefault(id.partition(), 0L);
    }

    private List<TopicPartition> all() {
        return IntStream.range(0, partitions).mapToObj(this::place).toList();
    }

    private TopicPartition place(int partition) {
        return new TopicPartition(topic, partition);
    }

    private Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new HashMap<>();
        offsets.forEach((place, offset) -> byPartition.put(place.partition(), ids.position(offset)));
        return byPartition;
    }
}
