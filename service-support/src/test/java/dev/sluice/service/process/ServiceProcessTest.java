package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    @Test
    void doesNotStartIfHelpIsAskedFor() {
        List<String> started = new ArrayList<>();

        ServiceProcess.start(
                ServiceProcessTest.class, "none.xml", new String[] {"--help"}, environment -> () -> started.add("it"));

        assertThat(started).isEmpty();
    }

    @Test
    void namesAllSettingsInItsHelp() {
        assertThat(ServiceProcess.help(KafkaLog::of).lines())
                .contains("  SLUICE_KAFKA", "  SLUICE_KAFKA_PROPERTIES", "  SLUICE_TOPIC_PREFIX", "  SLUICE_IDS_BASE");
    }

    @Test
    void findsEveryBadSetting(@TempDir Path folder) throws Exception {
        Path properties = Files.writeString(folder.resolve("kafka.properties"), "acks=1");
        Environment environment = new Environment(Map.of(
                "SLUICE_KAFKA_PROPERTIES", properties.toString(),
                "SLUICE_KAFKA", "nohost",
                "SLUICE_PARTITIONS", "12",
                "SLUICE_IDS_BASE", "1",
                "SLUICE_MISSING", " "));

        assertThat(ServiceProcess.bad(environment, given -> {
                    KafkaLog.of(given);
                    throw new SettingException("SLUICE_MISSING", "", "something");
                }))
                .extracting(SettingException::variable)
                .containsExactly("SLUICE_KAFKA_PROPERTIES", "SLUICE_KAFKA", "SLUICE_IDS_BASE", "SLUICE_MISSING");
    }

    @Test
    void takesNoArguments() {
        assertThatCode(() -> ServiceProcess.requireNone(new String[0])).doesNotThrowAnyException();
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> ServiceProcess.requireNone(new String[] {"--port", "80"}))
                .withMessageStartingWith("the first argument is \"--port\": expected none");
    }
}
