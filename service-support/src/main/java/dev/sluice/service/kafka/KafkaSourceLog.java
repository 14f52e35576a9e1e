package dev.sluice.service.kafka;

import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.SourceLogJson;
import dev.sluice.contract.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The installation topic: which log the store is filled from, for those who do not know the store. Not thread-safe. */
public final class KafkaSourceLog implements AutoCloseable {

    private static final byte[] KEY = SourceLogJson.KEY.getBytes(StandardCharsets.UTF_8);

    private final Map<String, Object> kafka;
    private final String topic;
    private final String clientId;
    private final Duration timeout;
    private @Nullable CompactedTopic reading;

    /** Does not connect yet. Kafka has to respond within {@code timeout}. */
    public KafkaSourceLog(Map<String, Object> kafka, TopicNames topics, String clientId, Duration timeout) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topics.installation();
        this.clientId = clientId;
        this.timeout = timeout;
    }

    /** What the topic says. */
    public sealed interface Told {

        /** There is no such topic. */
        record Missing() implements Told {}

        /** There is nothing in the topic. */
        record Nothing() implements Told {}

        record Filled(SourceLog from) implements Told {}

        /** What it says cannot be understood, for the given reason. */
        record Unreadable(String reason) implements Told {}
    }

    public String topic() {
        return topic;
    }

    /**
     * Reads all of the topic each time, since it holds a single record: so nothing that happens to the topic goes unnoticed.
     *
     * @throws KafkaException if Kafka is unavailable, or does not let us read the topic
     */
    public Told read() {
        Told[] latest = {new Told.Nothing()};
        try {
            CompactedTopic open = reading == null ? CompactedTopic.open(kafka, topic, clientId, timeout) : reading;
            reading = open;
            open.readToEnd(record -> {
                if (Arrays.equals(record.key(), KEY)) {
                    latest[0] = told(record);
                }
            });
            return latest[0];
        } catch (UnknownTopicOrPartitionException _) {
            close();
            return new Told.Missing();
        } catch (TopicAuthorizationException _) {
            close();
            throw new TopicAuthorizationException("Kafka does not let us read topic " + topic + TopicInspection.ACLS);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Told told(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return new Told.Nothing();
        }
        try {
            return new Told.Filled(SourceLogJson.read(record.value()));
        } catch (IllegalArgumentException e) {
            return new Told.Unreadable(record.topic() + "-" + record.partition() + "@" + record.offset()
                    + " cannot be understood: " + e.getMessage());
        }
    }

    /**
     * Replaces what the topic says, and returns once that is acknowledged.
     *
     * @throws KafkaException if it was not acknowledged in time; it may be written all the same
     */
    public void write(SourceLog log) {
        CompactedTopic.write(kafka, topic, clientId, timeout, KEY, SourceLogJson.write(log), new RecordHeaders());
    }

    @Override
    public void close() {
        CompactedTopic open = reading;
        reading = null;
        if (open != null) {
            try {
                open.close();
            } catch (InterruptException _) {
                // It is closed all the same, and this thread still counts as interrupted.
            }
        }
    }
}
