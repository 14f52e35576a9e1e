package dev.sluice.processor.rebuild;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.topic.BoundedPolls;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Takes the log into a generation, every partition from where that is to a position that is given. For one thread. */
final class LogReplay implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final IdBase ids;
    private final BatchProcessing processing;
    private final Generation into;

    private LogReplay(
            KafkaConsumer<byte[], byte[]> consumer,
            Set<TopicPartition> partitions,
            IdBase ids,
            BatchProcessing processing,
            Generation into) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.ids = ids;
        this.processing = processing;
        this.into = into;
    }

    /**
     * Of a topic.
     *
     * @param settings for a consumer without a group
     * @param topic is told how many partitions there are
     */
    static LogReplay open(
            Map<String, Object> settings,
            String name,
            SubmissionsTopic topic,
            BatchProcessing processing,
            Generation into) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            Set<TopicPartition> partitions = consumer.partitionsFor(name, KAFKA_TIMEOUT).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .collect(Collectors.toSet());
            if (partitions.isEmpty()) {
                throw new RebuildRefusedException("there is no topic " + name + " to rebuild from");
            }
            topic.seenWith(partitions.size());
            consumer.assign(partitions);
            return new LogReplay(consumer, partitions, topic.ids(), processing, into);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Per partition where it begins. */
    Map<Integer, Long> begins() {
        return byNumber(consumer.beginningOffsets(partitions, KAFKA_TIMEOUT));
    }

    /** Per partition where it ends. */
    Map<Integer, Long> ends() {
        return byNumber(consumer.endOffsets(partitions, KAFKA_TIMEOUT));
    }

    /** The partitions' numbers. */
    Set<Integer> partitions() {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Goes to where the generation is, or to where the log begins. */
    void goTo(Map<Integer, Long> begins) {
        MongoProgress progress = new MongoProgress(into);
        Map<Integer, PartitionProgress> reached = progress.goOn(partitions());
        Map<Integer, Long> fresh = new HashMap<>(begins);
        fresh.keySet().removeAll(reached.keySet());
        progress.begin(fresh);
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition.partition(), ids.firstPosition());
            PartitionProgress filled = reached.get(partition.partition());
            long next = filled == null ? begin : Math.max(begin, filled.next());
            Optional<Integer> epoch = filled == null || ids.offset(next) == 0 ? Optional.empty() : filled.epochAt(next);
            consumer.seek(partition, new OffsetAndMetadata(ids.offset(next), epoch, ""));
        }
    }

    /** The offset that a position stands for. */
    long offset(long position) {
        return ids.offset(position);
    }

    /** Per partition the position of the next record. */
    Map<Integer, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition, KAFKA_TIMEOUT)));
        return byNumber(positions);
    }

    /**
     * Takes every record before a position of its partition into the generation, and none after it.
     *
     * @param ends those positions; a partition that is not there stays where it is
     * @param afterEach is run after each batch
     */
    void upTo(Map<Integer, Long> ends, Runnable afterEach) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<TopicPartition> open = open(ends);
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = gather();
            if (!records.isEmpty()) {
                processing.process(before(ends, records), into);
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new RebuildRefusedException("Kafka has given no record of " + open + " for "
                        + PATIENCE.toSeconds() + " s: run the rebuild again when it does, and it goes on");
            }
            afterEach.run();
            open = open(ends);
        }
    }

    private ConsumerRecords<byte[], byte[]> gather() {
        try {
            return BoundedPolls.gather(consumer, POLL);
        } catch (LogTruncationException e) {
            throw new RebuildRefusedException(
                    "the log has lost records that this rebuild had read: drop what it has filled with --discard, and run it again",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The partitions that are not there yet; the others are put back to there, and rest. */
    private Set<TopicPartition> open(Map<Integer, Long> ends) {
        Set<TopicPartition> open = new HashSet<>(partitions);
        for (TopicPartition partition : partitions) {
            long position = ids.position(consumer.position(partition, KAFKA_TIMEOUT));
            long end = ends.getOrDefault(partition.partition(), position);
            if (position >= end) {
                open.remove(partition);
            }
        }
        Set<TopicPartition> resting = new HashSet<>(partitions);
        resting.removeAll(open);
        consumer.pause(resting);
        consumer.resume(open);
        return open;
    }

    private List<ConsumerRecord<byte[], byte[]>> before(
            Map<Integer, Long> ends, ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(records.count());
        for (TopicPartition partition : records.partitions()) {
            long end = Math.max(0, ids.offset(ends.getOrDefault(partition.partition(), 0L)));
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (record.offset() < end) {
                    wanted.add(record);
                }
            }
            if (consumer.position(partition, KAFKA_TIMEOUT) > end) {
                consumer.seek(partition, end);
            }
        }
        return wanted;
    }

    private Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(
                        Collectors.toMap(entry -> entry.getKey().partition(), entry -> ids.position(entry.getValue())));
    }
}
