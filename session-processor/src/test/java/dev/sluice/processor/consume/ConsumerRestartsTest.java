package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

class ConsumerRestartsTest {

    private static final Duration LONGER_THAN_A_PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<MockConsumer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
    // The first consumer ends at once.
    private final DefaultKafkaConsumerFactory<byte[], byte[]> consumers = new DefaultKafkaConsumerFactory<>(Map.of()) {
        @Override
        protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
            MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
            if (made.isEmpty()) {
                consumer.schedulePollTask(() -> {
                    throw new NoClassDefFoundError("some/Missing");
                });
            }
            made.add(consumer);
            return consumer;
        }
    };
    private final ConsumptionHealth health = new ConsumptionHealth();
    private final ConsumerRestarts restarts = new ConsumerRestarts(this::container, health);

    @AfterEach
    void close() {
        restarts.close();
    }

    @Test
    void startNoSecondConsumerWhenStartedAnewDuringThePause() {
        restarts.start();
        await().atMost(PATIENCE).until(() -> health.state().detail().contains("has ended"));

        restarts.stop();
        restarts.start();

        await().during(LONGER_THAN_A_PAUSE)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(made).hasSize(2));
        assertThat(restarts.isRunning()).isTrue();
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container(ConsumerThreads threads) {
        ContainerProperties properties = new ContainerProperties("submissions");
        properties.setGroupId("group");
        properties.setMessageListener((MessageListener<byte[], byte[]>) _ -> {});
        properties.setListenerTaskExecutor(threads);
        return new KafkaMessageListenerContainer<>(consumers, properties);
    }
}
