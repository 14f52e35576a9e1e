package dev.sluice.service.kafka;

import static org.apache.kafka.clients.consumer.ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;

import dev.sluice.contract.topic.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic of ours, read by one consumer without a group, for one thread at a time. Every failure is thrown; the topic must then be
 * reopened.
 */
public final class CompactedTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Duration timeout;

    private CompactedTopic(KafkaConsumer<byte[], byte[]> consumer, String topic, Duration timeout) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, TopicSettings.COMPACTED_PARTITION);
        this.timeout = timeout;
    }

    /** Does not connect yet. Kafka has to respond within {@code timeout}. */
    public static CompactedTopic open(Map<String, Object> kafka, String topic, String clientId, Duration timeout) {
        Map<String, Object> properties = KafkaSettings.ofReader(kafka, clientId, timeout);
        properties.put(REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        properties.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, POLL.toMillis());
        return new CompactedTopic(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                timeout);
    }

    /**
     * Reads from the start to the end of the topic as of this call.
     *
     * @throws UnknownTopicOrPartitionException if there is no such topic
     * @throws NothingDeliveredException if Kafka answers, but delivers nothing of it within the timeout
     */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> use) {
        List<TopicPartition> read = List.of(partition);
        List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic(), timeout);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("it does not exist");
        }
        consumer.assign(read);
        consumer.seekToBeginning(read);
        long end = consumer.endOffsets(read, timeout).getOrDefault(partition, 0L);
        long reached = consumer.position(partition, timeout);
        Deadline deadline = Deadline.in(timeout);
        while (reached < end) {
            if (deadline.isOver()) {
                throw new NothingDeliveredException(partition, timeout);
            }
            follow(use);
            long now = consumer.position(partition, timeout);
            deadline = now == reached ? deadline : Deadline.in(timeout);
            reached = now;
        }
    }

    /** Waits up to a second for new records. */
    public void follow(Consumer<ConsumerRecord<byte[], byte[]>> use) {
        consumer.poll(POLL).forEach(use);
    }

    /**
     * Writes one record to such a topic, by a producer of its own, and returns once every in-sync replica has it.
     *
     * @throws KafkaException if it was not acknowledged in time; it may be written all the same
     */
    public static void write(
            Map<String, Object> kafka,
            String topic,
            String clientId,
            Duration timeout,
            byte[] key,
            byte @Nullable [] value,
            Headers headers) {
        Map<String, Object> properties = new HashMap<>(kafka);
        int millis = Math.toIntExact(timeout.toMillis());
        properties.put(CLIENT_ID_CONFIG, clientId);
        properties.put(ACKS_CONFIG, "all");
        properties.put(MAX_BLOCK_MS_CONFIG, millis);
        properties.put(REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        properties.put(DELIVERY_TIMEOUT_MS_CONFIG, millis);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            KafkaAnswers.await(
                    producer.send(new ProducerRecord<>(topic, TopicSettings.COMPACTED_PARTITION, key, value, headers)),
                    timeout.multipliedBy(2));
        }
    }

    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
