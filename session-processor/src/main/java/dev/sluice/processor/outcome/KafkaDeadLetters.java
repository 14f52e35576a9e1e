package dev.sluice.processor.outcome;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Publishes dead letters on their topic at least once: the record's key, value and headers, and our own headers with the reason and the record's
 * place in the log.
 */
public final class KafkaDeadLetters {

    /** Why the record is a dead letter, for people. */
    public static final String REASON = "sluice-dead-letter-reason";

    /** The topic the record came from. */
    public static final String TOPIC = "sluice-dead-letter-topic";

    /** The partition the record came from, in decimal. */
    public static final String PARTITION = "sluice-dead-letter-partition";

    /** The record's offset, in decimal. */
    public static final String OFFSET = "sluice-dead-letter-offset";

    /** The record's timestamp in milliseconds since 1970, in decimal. */
    public static final String TIMESTAMP = "sluice-dead-letter-timestamp";

    /** The size of the value in bytes, if the record is too large to be sent on and remains only in the log. */
    public static final String LEFT_OUT = "sluice-dead-letter-left-out-bytes";

    private final AcknowledgedSends sends;
    private final String topic;

    public KafkaDeadLetters(AcknowledgedSends sends, String topic) {
        this.sends = sends;
        this.topic = topic;
    }

    /** Returns once all of them are durable, or throws. */
    public void send(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        List<ProducerRecord<byte[], byte[]>> records =
                letters.stream().map(this::asItWas).toList();
        List<ProducerRecord<byte[], byte[]>> tooLarge = sends.send(records);
        if (tooLarge.isEmpty()) {
            return;
        }
        // Uncompressed, a record may be larger than any topic accepts. It stays in the log, and the letter says where.
        List<ProducerRecord<byte[], byte[]>> placesOnly = tooLarge.stream()
                .map(record -> placeOnly(letters.get(records.indexOf(record))))
                .toList();
        if (!sends.send(placesOnly).isEmpty()) {
            throw new RecordTooLargeException("topic " + topic + " does not even take a dead letter without its value");
        }
    }

    private ProducerRecord<byte[], byte[]> asItWas(DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        Headers headers = new RecordHeaders(source.headers().toArray());
        addOurs(headers, letter);
        return new ProducerRecord<>(topic, null, null, source.key(), source.value(), headers);
    }

    private ProducerRecord<byte[], byte[]> placeOnly(DeadLetter letter) {
        Headers headers = new RecordHeaders();
        addOurs(headers, letter);
        byte[] value = letter.source().value();
        add(headers, LEFT_OUT, Integer.toString(value == null ? 0 : value.length));
        return new ProducerRecord<>(topic, null, null, null, null, headers);
    }

    private static void addOurs(Headers headers, DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        add(headers, REASON, letter.reason());
        add(headers, TOPIC, source.topic());
        add(headers, PARTITION, Integer.toString(source.partition()));
        add(headers, OFFSET, Long.toString(source.offset()));
        add(headers, TIMESTAMP, Long.toString(source.timestamp()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
