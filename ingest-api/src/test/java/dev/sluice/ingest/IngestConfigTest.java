package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {

    @Test
    void readsTheEnvironment(@TempDir Path folder) throws Exception {
        Path properties = Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n");

        IngestConfig config = IngestConfig.of(new Environment(Map.of(
                "SLUICE_KAFKA", "broker:9092",
                "SLUICE_KAFKA_PROPERTIES", properties.toString(),
                "SLUICE_TOPIC_PREFIX", "a.",
                "SLUICE_PARTITIONS", "6",
                "SLUICE_ACK_TIMEOUT", "3s")));

        assertThat(config.log().kafka())
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "security.protocol", "SSL"));
        assertThat(config.log().topics().submissions()).isEqualTo("a.analysis-submissions");
        assertThat(config.log().partitions()).hasValue(6);
        assertThat(config.ackTimeout()).hasSeconds(3);
    }

    @Test
    void refusesAnAckTimeoutOutOfRange() {
        assertThatThrownBy(() -> IngestConfig.of(new Environment(Map.of("SLUICE_ACK_TIMEOUT", "10m"))))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "SLUICE_ACK_TIMEOUT is \"10m\": expected a duration from 1s to 5m, written like 500ms, 10s or 5m");
    }

    @Test
    void refusesAPropertiesFileThatIsNotThere() {
        assertThatThrownBy(() -> IngestConfig.of(new Environment(Map.of("SLUICE_KAFKA_PROPERTIES", "nowhere"))))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SLUICE_KAFKA_PROPERTIES is \"nowhere\": expected ");
    }

    @Test
    void refusesABodyLimitThatNoRecordHasRoomFor() {
        assertThatThrownBy(() -> IngestApplication.http(new Environment(Map.of("SLUICE_MAX_BODY", "20MiB"))))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SLUICE_MAX_BODY is \"20MiB\": expected a size from 1 to 10176KiB, ");
    }
}
