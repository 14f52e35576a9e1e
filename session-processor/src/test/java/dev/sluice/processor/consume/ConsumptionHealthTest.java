package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumptionHealthTest {

    private static final TopicPartition PARTITION = new TopicPartition("submissions", 0);

    private final ConsumptionHealth health = new ConsumptionHealth();

    @Test
    void saysThatKafkaLacksAnOffsetRatherThanThatItDoesNotAnswer() {
        health.failed(List.of(PARTITION), new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));

        assertThat(health.state().ready()).isFalse();
        assertThat(health.state().detail())
                .isEqualTo("the log does not have what is to be read next (OffsetOutOfRangeException); looking again");
    }
}
