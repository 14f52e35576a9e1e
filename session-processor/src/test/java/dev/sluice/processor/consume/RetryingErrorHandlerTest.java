package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class RetryingErrorHandlerTest extends LanesUnderTest {

    private final KafkaException failure = new KafkaException("about " + QUIET);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final KafkaMessageListenerContainer<byte[], byte[]> stopped = new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("submissions"));
    private final RetryingErrorHandler again = new RetryingErrorHandler(lanes, health);

    @BeforeEach
    void assign() {
        consumer.assign(ALL);
    }

    @Test
    void closesTheLaneOfThePartitionThatAFailedPollNames() {
        again.handleOtherException(failure, consumer, stopped, true);

        assertThat(health.state().detail()).contains("partition 2 cannot be read from the log");
        rest();
        assertThat(lanes.toOpen(Set.of(QUIET))).containsExactly(QUIET);
    }

    @Test
    void blamesNoRecordOfAPartitionThatIsNotReadAtTheMoment() {
        again.handleOtherException(failure, consumer, stopped, true);

        again.handleOtherException(failure, consumer, stopped, true);

        assertThat(health.state().detail()).startsWith("Kafka does not answer");
    }

    @Test
    void readsAgainWhatTheListenerDidNotTake() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(QUIET.topic(), QUIET.partition(), 0, null, null);

        again.handleBatch(
                failure, new ConsumerRecords<>(Map.of(QUIET, List.of(record)), Map.of()), consumer, stopped, () -> {});

        rest();
        assertThat(lanes.toOpen(ALL)).containsExactly(QUIET);
    }
}
