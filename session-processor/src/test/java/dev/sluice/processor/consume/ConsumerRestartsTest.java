package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

class ConsumerRestartsTest {

    private static final Duration LONGER_THAN_A_PAUSE = Duration.ofSeconds(2);

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
        await().until(() -> health.state().detail().contains("has ended"));

        restarts.stop();
        restarts.start();

        await().during(LONGER_THAN_A_PAUSE).untilAsserted(() -> assertThat(made).hasSize(2));
        assertThat(restarts.isRunning()).isTrue();
    }

    /** Between noticing that a consumer has ended and stopping what is left of it, another one may have been started. */
    @Test
    void stopNoConsumerThatWasStartedAnewBeforeTheEndedOneIsStopped() {
        CountDownLatch startedAnew = new CountDownLatch(1);
        AppenderBase<ILoggingEvent> onceNoticed = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getMessage().startsWith("The consumer has ended")) {
                    restarts.stop();
                    restarts.start();
                    startedAnew.countDown();
                }
            }
        };
        Logger log = (Logger) LoggerFactory.getLogger(ConsumerRestarts.class);
        onceNoticed.start();
        log.addAppender(onceNoticed);
        try {
            restarts.start();
            await().until(() -> startedAnew.getCount() == 0);

            await().during(LONGER_THAN_A_PAUSE)
                    .untilAsserted(() -> assertThat(made).hasSize(2));
            assertThat(restarts.isRunning()).isTrue();
        } finally {
            log.detachAppender(onceNoticed);
        }
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container(AsyncTaskExecutor threads) {
        ContainerProperties properties = new ContainerProperties("submissions");
        properties.setGroupId("group");
        properties.setMessageListener((MessageListener<byte[], byte[]>) _ -> {});
        properties.setListenerTaskExecutor(threads);
        return new KafkaMessageListenerContainer<>(consumers, properties);
    }
}
