package dev.sluice.service.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.id.IdBase;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class LogOffsetsTest {

    @Test
    void doNotAskKafkaWhetherTheLogGoesBeyondWhatWasReadOfIt() {
        Map<String, Object> away = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        try (LogOffsets offsets = new LogOffsets(away, "test", "submissions", IdBase.NONE)) {
            offsets.sawRecord(1, 5);

            assertThat(offsets.reaches(1, 5)).isTrue();
            CompletableFuture<Boolean> beyond = CompletableFuture.supplyAsync(() -> offsets.reaches(1, 6));
            assertThatThrownBy(() -> offsets.reaches(0, 5)).isInstanceOf(KafkaException.class);
            assertThatThrownBy(beyond::join).hasCauseInstanceOf(KafkaException.class);
        }
    }
}
