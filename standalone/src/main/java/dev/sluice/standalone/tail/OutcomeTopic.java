package dev.sluice.standalone.tail;

import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.standalone.kafka.KafkaFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the outcomes topic without a consumer group, so other readers are not affected. Not thread-safe. */
final class OutcomeTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Object> kafka;

    private OutcomeTopic(KafkaConsumer<byte[], byte[]> consumer, Map<String, Object> kafka) {
        this.consumer = consumer;
        this.kafka = kafka;
    }

    /** Opens the topic at its beginning or its current end; waits at most ten seconds for Kafka. */
    static OutcomeTopic open(Map<String, Object> kafka, String name, boolean fromBeginning) {
        try {
            OutcomeTopic topic = new OutcomeTopic(
                    new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    kafka);
            topic.begin(name, fromBeginning);
            return topic;
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, kafka);
        }
    }

    /** Returns the records that arrive within half a second, if any. */
    ConsumerRecords<byte[], byte[]> next() {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, kafka);
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
                throw KafkaFailure.noTopic(name, kafka);
            }
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy: resolve the positions now, so that outcomes published from here on are read.
            partitions.forEach(consumer::position);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = KafkaSettings.ofReader(kafka, "sluice-tail", KafkaFailure.PATIENCE);
        settings.put("auto.offset.reset", "earliest");
        return settings;
    }
}
