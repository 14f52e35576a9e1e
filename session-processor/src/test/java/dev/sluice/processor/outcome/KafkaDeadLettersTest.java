package dev.sluice.processor.outcome;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaDeadLettersTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaDeadLetters letters =
            new KafkaDeadLetters(new AcknowledgedSends(new OneProducer(producer), PATIENCE), "dead-letters");

    @Test
    void sayOfTheOneThatIsTooLargeWhereAndHowLargeItIs() {
        CompletableFuture<Void> sent = CompletableFuture.runAsync(
                () -> letters.send(List.of(letter(41, "small", "first"), letter(42, "too large", "second"))),
                Thread::startVirtualThread);
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException());
        await().until(() -> producer.history().size() == 3);
        producer.completeNext();

        assertThat(sent).succeedsWithin(PATIENCE);
        assertThat(producer.history().get(1).value()).isEqualTo("too large".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> place = producer.history().getLast();
        assertThat(place.value()).isNull();
        assertThat(headers(place))
                .isEqualTo(Map.of(
                        KafkaDeadLetters.REASON, "second",
                        KafkaDeadLetters.TOPIC, "submissions",
                        KafkaDeadLetters.PARTITION, "3",
                        KafkaDeadLetters.OFFSET, "42",
                        KafkaDeadLetters.TIMESTAMP, "1700000000000",
                        KafkaDeadLetters.LEFT_OUT, "9"));
    }

    private static DeadLetter letter(long offset, String value, String reason) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new DeadLetter(
                new ConsumerRecord<>(
                        "submissions",
                        3,
                        offset,
                        1_700_000_000_000L,
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        bytes.length,
                        new byte[0],
                        bytes,
                        new RecordHeaders(),
                        Optional.empty()),
                reason);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }
}
