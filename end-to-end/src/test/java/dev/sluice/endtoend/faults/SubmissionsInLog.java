package dev.sluice.endtoend.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.test.process.InstalledTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The submissions topic as any consumer reads it.
 *
 * @param byReference the records' bodies by the session's reference and then by id, in the order of the log
 */
record SubmissionsInLog(Map<String, SortedMap<Long, String>> byReference) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** All that is there now. */
    static SubmissionsInLog read(InstalledTopics topics) {
        Map<String, SortedMap<Long, String>> found = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(topics.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(topics.names().submissions())
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the log could not be read to its end within " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(record -> add(found, record));
            }
        }
        return new SubmissionsInLog(found);
    }

    /** The records of a reference by id; none if it is not there. */
    SortedMap<Long, String> of(String reference) {
        return byReference.getOrDefault(reference, new TreeMap<>());
    }

    private static void add(Map<String, SortedMap<Long, String>> found, ConsumerRecord<byte[], byte[]> record) {
        String body = new String(record.value(), UTF_8);
        String reference =
                JsonMapper.shared().readTree(body).path("analysis_ref").stringValue("");
        found.computeIfAbsent(reference, _ -> new TreeMap<>())
                .put(new SubmissionId(record.partition(), record.offset()).value(), body);
    }
}
