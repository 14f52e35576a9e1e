package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** While a producer's transaction stays open, no consumer gets records that were acknowledged after it. */
class OpenTransactionIT {

    private final TopicNames topics = TestKafka.freshTopics(OpenTransactionIT.class);
    private final ProcessorConfig config =
            FreshConfig.of(OpenTransactionIT.class, topics, 1).withReadTimeout(Duration.ofMillis(500));

    @Test
    void doesNotHideWhatWasAcknowledged() throws Exception {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.submissions());
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            topics.submissions(),
                            null,
                            null,
                            ProjectKey.of(2),
                            ProcessorUnderTest.body("held back").getBytes(StandardCharsets.UTF_8),
                            ProcessorUnderTest.sessionHeaders()))
                    .get();
            long acknowledged = processor.submit(1, ProcessorUnderTest.body("behind it"));

            assertThat(processor.get(1, acknowledged).status()).isEqualTo(503);
            assertThat(processor
                            .read("/api/v2/projects/1/submissions/" + acknowledged + "/")
                            .status())
                    .isEqualTo(503);
            assertThat(processor.get(1, acknowledged + 256).status()).isEqualTo(404);
            // NaN while the store or Kafka takes longer than the gauges wait.
            await().untilAsserted(() -> {
                assertThat(processor.gauge("sluice.log.held")).isEqualTo(2);
                assertThat(processor.gauge("sluice.log.in.flight")).isEqualTo(2);
                assertThat(processor.gauge("sluice.log.unaccounted")).isZero();
            });

            producer.commitTransaction();
            processor.awaitStored(acknowledged);
            assertThat(processor.get(1, acknowledged).status()).isEqualTo(200);
            await().untilAsserted(
                            () -> assertThat(processor.gauge("sluice.log.held")).isZero());
        }
    }
}
