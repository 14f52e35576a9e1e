package dev.sluice.standalone.tail;

import dev.sluice.standalone.command.CommandFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The outcomes' topic, read without a group, so that nobody else's reading is touched. For one thread. */
final class OutcomeTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Object address;

    private OutcomeTopic(KafkaConsumer<byte[], byte[]> consumer, Object address) {
        this.consumer = consumer;
        this.address = address;
    }

    /** Opens it where it begins, or where it ends now; waits at most ten seconds for Kafka. */
    static OutcomeTopic open(Map<String, Object> kafka, String name, boolean fromBeginning) {
        Object address = kafka.getOrDefault("bootstrap.servers", "an unknown address");
        try {
            OutcomeTopic topic = new OutcomeTopic(
                    new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    address);
            topic.begin(name, fromBeginning);
            return topic;
        } catch (KafkaException e) {
            throw failure(e, address);
        }
    }

    /** The records that came within half a second, if any. */
    ConsumerRecords<byte[], byte[]> next() {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw failure(e, address);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(POLL));
    }

    private void begin(String name, boolean fromBeginning) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new CommandFailure("Kafka at " + address + " has no topic " + name
                        + ": start Sluice on it first, it makes its topics");
            }
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy: what is told after this line is to be seen.
            partitions.forEach(consumer::position);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove("group.id");
        settings.put("client.id", "sluice-tail");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        return settings;
    }

    private static CommandFailure failure(KafkaException e, Object address) {
        return new CommandFailure(
                e instanceof TimeoutException
                        ? "no Kafka answers at " + address + " within " + PATIENCE.toSeconds() + " s"
                        : "Kafka at " + address + " refuses: " + e.getMessage(),
                e);
    }
}
