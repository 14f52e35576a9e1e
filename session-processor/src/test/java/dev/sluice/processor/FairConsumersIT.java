package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.processor.consume.FairConsumers;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions take turns, and nobody who polls sees how. */
class FairConsumersIT {

    private static final int PARTITIONS = 3;
    private static final int RECORDS = 400;
    private static final int UNIT = 16;
    private static final int WANTED = 48;
    private static final Duration POLL = Duration.ofMillis(200);

    private final ProcessorConfig config = ProcessorConfig.of(
                    TestKafka.properties(), TestMongo.freshDatabase(FairConsumersIT.class))
            .withTopics(TestKafka.freshTopics(FairConsumersIT.class))
            .withPartitions(PARTITIONS);
    private final String topic = config.topics().submissions();
    private final List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
    private Consumer<byte[], byte[]> consumer;

    @BeforeEach
    void fillAllPartitions() throws Exception {
        KafkaTopics.ensure(config.kafka(), config.topics(), PARTITIONS, (short) 1);
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sends = new ArrayList<>();
            for (int i = 0; i < RECORDS * PARTITIONS; i++) {
                sends.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[100])));
            }
            for (Future<?> send : sends) {
                send.get();
            }
        }
        consumer = new FairConsumers(KafkaClients.consumer(config), UNIT, () -> WANTED).createConsumer();
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
        });
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void giveEveryRecordOnceAndInOrderAndNoMoreThanWanted() {
        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> {
            ConsumerRecords<byte[], byte[]> records = poll();
            assertThat(records.count()).isLessThanOrEqualTo(WANTED);
            records.nextOffsets()
                    .forEach((partition, next) ->
                            assertThat(consumer.position(partition)).isEqualTo(next.offset()));
            return seen.size() >= RECORDS * PARTITIONS;
        });

        assertThat(consumer.paused()).isEmpty();
        for (TopicPartition partition : partitions) {
            assertThat(offsets(partition))
                    .containsExactlyElementsOf(
                            LongStream.range(0, RECORDS).boxed().toList());
        }
    }

    @Test
    void givePartitionsWithMuchTheirTurnsBeforeAnyIsThroughWithWhatWasFetched() {
        Set<Integer> given = new HashSet<>();

        await().atMost(ProcessorUnderTest.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    poll().forEach(record -> given.add(record.partition()));
                    return given.size() == PARTITIONS;
                });

        assertThat(partitions)
                .allSatisfy(partition -> assertThat(offsets(partition)).hasSizeLessThan(RECORDS));
    }

    @Test
    void leavePausedWhatWasPausedAndGiveNothingOfIt() {
        TopicPartition resting = partitions.getFirst();
        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> !poll().isEmpty());
        consumer.pause(List.of(resting));
        int before = offsets(resting).size();

        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> {
            poll();
            return offsets(partitions.get(1)).size() == RECORDS
                    && offsets(partitions.get(2)).size() == RECORDS;
        });

        assertThat(offsets(resting)).hasSize(before);
        assertThat(consumer.paused()).containsExactly(resting);
        consumer.resume(List.of(resting));
        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> {
            poll();
            return offsets(resting).size() == RECORDS;
        });
    }

    @Test
    void giveNothingUpWhenTheyAreWokenUp() {
        int[] woken = {0};

        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> {
            consumer.wakeup();
            try {
                poll();
            } catch (WakeupException _) {
                woken[0]++;
                poll();
            }
            return seen.size() >= RECORDS * PARTITIONS;
        });

        assertThat(woken[0]).isPositive();
        assertThat(partitions)
                .allSatisfy(partition ->
                        assertThat(offsets(partition)).hasSize(RECORDS).isSorted());
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(seen::add);
        return records;
    }

    private List<Long> offsets(TopicPartition partition) {
        return seen.stream()
                .filter(record -> record.partition() == partition.partition())
                .map(ConsumerRecord::offset)
                .toList();
    }
}
