package dev.sluice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.id.IdBase;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void takesPropertiesThatSayWhatWeInsistOn() throws Exception {
        Path trusted = Files.createFile(folder.resolve("trusted.jks"));

        assertThat(read("acks=all\nenable.idempotence=TRUE\nsecurity.protocol=SSL\nssl.truststore.location=" + trusted))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "all");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, or nothing",
        "enable.idempotence, false, expected true",
        "isolation.level, read_uncommitted, expected read_committed",
        "auto.offset.reset, latest, expected none",
        "enable.auto.commit, true, expected false",
        "transactional.id, mine, expected nothing",
        "partitioner.class, org.example.Own, expected nothing",
        "cleanup.policy, compact, a topic's setting",
        "ssl.truststore.location, nowhere.jks, a file that can be read",
    })
    void refusesPropertiesThatContradictIt(String name, String value, String expected) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> read(name + "=" + value))
                .withMessageContainingAll(name + " in ", "SLUICE_KAFKA_PROPERTIES", "\"" + value + "\"", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka:9092", "a.b-c_d:1, [::1]:65535", "SSL://kafka:9093"})
    void takesServersWithTheirPorts(String servers) {
        assertThat(KafkaSettings.properties(new Environment(Map.of("SLUICE_KAFKA", servers))))
                .containsEntry("bootstrap.servers", servers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka", "kafka:99999", "kafka:9092,", "kafka 9092", "kafka:", "kafka:9092;b:9092", ":9092"})
    void refusesServersThatNoClientCanBeMadeWith(String servers) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> KafkaSettings.properties(new Environment(Map.of("SLUICE_KAFKA", servers))))
                .withMessage("SLUICE_KAFKA is \"" + servers + "\": expected HOST:PORT, or several separated by commas");
    }

    @Test
    void takesAnIdsBaseThatIsAMultipleOf256() {
        assertThat(KafkaSettings.ids(new Environment(Map.of()))).isEqualTo(IdBase.NONE);
        assertThat(KafkaSettings.ids(new Environment(Map.of("SLUICE_IDS_BASE", "536870912"))))
                .isEqualTo(new IdBase(536870912));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-256", "300", "1e6", "many", "9223372036854775807", "9223372036854775808"})
    void refusesAnIdsBaseThatIsNone(String base) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> KafkaSettings.ids(new Environment(Map.of("SLUICE_IDS_BASE", base))))
                .withMessage("SLUICE_IDS_BASE is \"" + base
                        + "\": expected 0, or a multiple of 256 of at most 281474976710656");
    }

    private Map<String, Object> read(String properties) throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), properties);
        return KafkaSettings.properties(new Environment(Map.of("SLUICE_KAFKA_PROPERTIES", file.toString())));
    }
}
