package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.processor.consume.Capacity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood in one partition does not delay another, even if one thread processes both. */
class FloodedPartitionIT {

    private static final int PARTITIONS = 2;
    private static final int FLOODED = 0;
    private static final int CALM = 1;
    // 200 KB, which one fetch returns.
    private static final int FLOOD = 600;
    // More than the target for a part of a batch, so that parts stay small however fast the store is.
    private static final Duration SLOW = Duration.ofMillis(120);

    private final ProcessorConfig config =
            FreshConfig.of(FloodedPartitionIT.class, PARTITIONS).withCapacity(Capacity.of(1));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void isNotProcessedToItsEndBeforeWhatComesIntoAnotherPartition() throws Exception {
        flood();
        // A slow store, which gets few records at a time.
        processor.start(() -> LockSupport.parkNanos(SLOW.toNanos()));
        await().pollInterval(Duration.ofMillis(10)).until(() -> processor.progress(FLOODED) > 0);

        processor.awaitStored(submit(CALM));

        assertThat(processor.progress(FLOODED)).isLessThan(FLOOD);
    }

    private void flood() throws Exception {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sends = new ArrayList<>();
            for (int i = 0; i < FLOOD; i++) {
                sends.add(producer.send(record(FLOODED)));
            }
            for (Future<?> send : sends) {
                send.get();
            }
        }
    }

    private long submit(int partition) {
        ProducerRecord<byte[], byte[]> record = record(partition);
        return processor.send(record.key(), record.value(), record.headers());
    }

    private ProducerRecord<byte[], byte[]> record(int partition) {
        byte[] key = LongStream.rangeClosed(1, 100)
                .filter(project -> ProjectKey.partition(project, PARTITIONS) == partition)
                .mapToObj(ProjectKey::of)
                .findFirst()
                .orElseThrow();
        byte[] body = ProcessorUnderTest.body("flood").getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                config.topics().submissions(), null, key, body, ProcessorUnderTest.sessionHeaders());
    }
}
