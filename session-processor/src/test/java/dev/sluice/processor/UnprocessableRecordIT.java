package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.Capacity;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that our code cannot process blocks later records of its partition, and nothing else. */
class UnprocessableRecordIT {

    private static final int PARTITION = 0;
    private static final int OTHER = 1;
    private static final String POISON = "poison";

    private static volatile boolean isPoisonous;
    private static volatile boolean isError;

    private final ProcessorConfig config = FreshConfig.of(
                    Interception.with(Poison.class, TestKafka.properties()), UnprocessableRecordIT.class, 2)
            .withCapacity(Capacity.of(1));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    /** Makes the consumer return records that our code cannot process. */
    public static final class Poison extends Interception {

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> given = new HashMap<>();
            for (TopicPartition partition : records.partitions()) {
                given.put(
                        partition,
                        records.records(partition).stream().map(Poison::given).toList());
            }
            return new ConsumerRecords<>(given, records.nextOffsets());
        }

        private static ConsumerRecord<byte[], byte[]> given(ConsumerRecord<byte[], byte[]> record) {
            if (!isPoisonous || !new String(record.value(), StandardCharsets.UTF_8).contains(POISON)) {
                return record;
            }
            return new ConsumerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.timestampType(),
                    record.serializedKeySize(),
                    record.serializedValueSize(),
                    record.key(),
                    record.value(),
                    new PoisonousHeaders(),
                    Optional.empty());
        }
    }

    private static final class PoisonousHeaders extends RecordHeaders {

        @Override
        public Header lastHeader(String key) {
            throw fault();
        }

        @Override
        public Iterable<Header> headers(String key) {
            throw fault();
        }

        private static RuntimeException fault() {
            if (isError) {
                throw new StackOverflowError("a fault of our own");
            }
            return new IllegalStateException("a fault of our own");
        }
    }

    @AfterEach
    void stop() {
        processor.close();
        isPoisonous = false;
        isError = false;
    }

    @Test
    void keepsNothingBeforeItWaitingThoughItFailsTheWholeTurn() {
        isPoisonous = true;
        isError = true;
        List<Long> before = List.of(submit(PARTITION, "before"), submit(PARTITION, "before"));
        submit(PARTITION, POISON);

        processor.start();

        processor.awaitProgress(before.getLast());
        awaitSaid("a fault of our own (StackOverflowError)");
        assertThat(processor.progress(PARTITION)).isEqualTo(2);
    }

    @Test
    void keepsNoOtherPartitionWaitingAndNothingBeforeItIsToldAgain() {
        isPoisonous = true;
        long before = submit(PARTITION, "before");
        long poison = submit(PARTITION, POISON);
        long after = submit(PARTITION, "after");
        processor.start();
        awaitSaid("cannot be processed, a fault of our own");

        List<Long> elsewhere = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            elsewhere.add(submit(OTHER, "elsewhere"));
            processor.awaitProgress(elsewhere.getLast());
        }
        awaitSaid("cannot be processed, a fault of our own");

        assertThat(processor.kind(before)).isEqualTo("session");
        assertThat(processor.stored(poison)).isNull();
        assertThat(processor.stored(after)).isNull();
        assertThat(processor.progress(PARTITION)).isEqualTo(1);
        assertThat(processor.records(config.topics().outcomes())).hasSize(1 + elsewhere.size());

        isPoisonous = false;
        processor.awaitProgress(after);
        assertThat(processor.kind(poison)).isEqualTo("session");
        await().until(() -> processor.notReady().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logsItsStackTraceOnce(boolean ofTheWholeTurn) {
        isPoisonous = true;
        isError = ofTheWholeTurn;
        submit(PARTITION, POISON);

        try (LoggedLines lines = new LoggedLines("dev.sluice.processor.consume.Workers", Level.WARN)) {
            processor.start();
            await().until(() -> lines.events().size() >= 3);

            assertThat(lines.events().getFirst().getThrowableProxy()).isNotNull();
            assertThat(lines.events().stream().skip(1)).allSatisfy(line -> {
                assertThat(line.getThrowableProxy()).isNull();
                assertThat(line.getFormattedMessage()).contains("a fault of our own");
            });
        }
    }

    private void awaitSaid(String part) {
        await().untilAsserted(() -> assertThat(processor.notReady())
                .extracting(ReadinessCheck.State::detail)
                .anySatisfy(detail -> assertThat(detail).contains(part)));
    }

    private long submit(int partition, String ref) {
        byte[] key = LongStream.rangeClosed(1, 100)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .mapToObj(ProjectKey::of)
                .findFirst()
                .orElseThrow();
        byte[] body = ProcessorUnderTest.body(ref).getBytes(StandardCharsets.UTF_8);
        return processor.send(partition, key, body, ProcessorUnderTest.sessionHeaders());
    }
}
