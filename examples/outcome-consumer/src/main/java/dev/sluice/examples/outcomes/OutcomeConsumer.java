package dev.sluice.examples.outcomes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts the outcomes of each project's submissions in a file: {@code OutcomeConsumer localhost:9092 tallies.json
 * [topic]}. It can be killed and restarted at any time: the counts and the position on the topic are in one file that
 * is replaced atomically, so no outcome is missed, and none that Kafka delivers twice is counted twice. Outcomes that
 * Sluice publishes twice are detected by their ce_id.
 */
public final class OutcomeConsumer {

    private static final Duration POLL = Duration.ofSeconds(1);

    private OutcomeConsumer() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("expected: HOST:PORT FILE [TOPIC]");
            System.exit(2);
        }
        String topic = arguments.length > 2 ? arguments[2] : "analysis-outcomes";
        Path file = Path.of(arguments[1]);
        // No group: Kafka's committed offsets would be a second source of truth beside the file.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                // Sluice makes the topic, with settings that a broker would not give it.
                "allow.auto.create.topics", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            follow(consumer, topic, file);
        }
    }

    private static void follow(KafkaConsumer<byte[], byte[]> consumer, String topic, Path file) throws IOException {
        Tallies tallies = Tallies.load(file);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, tallies.next(partition.partition())));
        while (true) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                records.forEach(tallies::take);
                tallies.save(file);
                System.out.println(tallies.byProject());
            }
        }
    }
}
