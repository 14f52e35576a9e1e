package dev.sluice.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.http.settings.Environment;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaOptionsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeProperties() throws IOException {
        file = Files.writeString(
                folder.resolve("client.properties"), "bootstrap.servers=file:9092\nsecurity.protocol=SSL\n");
    }

    @Test
    void readsWhatTheServicesRead() {
        Environment environment =
                new Environment(Map.of("SLUICE_KAFKA", "environment:9092", "SLUICE_KAFKA_PROPERTIES", file.toString()));

        assertThat(options().settings(environment))
                .isEqualTo(Map.of("bootstrap.servers", "environment:9092", "security.protocol", "SSL"));
        assertThat(options("--kafka", "option:9092").settings(environment))
                .isEqualTo(Map.of("bootstrap.servers", "option:9092", "security.protocol", "SSL"));
    }

    @Test
    void prefersTheAddressInTheFileThatAnOptionNames() {
        Environment environment = new Environment(Map.of("SLUICE_KAFKA", "environment:9092"));

        assertThat(options("--kafka-properties", file.toString()).settings(environment))
                .containsEntry("bootstrap.servers", "file:9092");
    }

    @Test
    void refusesWhatTheServicesRefuseInAFile() throws IOException {
        Files.writeString(file, "group.id=somebody-elses\n");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> options("--kafka-properties", file.toString()).settings(new Environment(Map.of())))
                .withMessage("group.id in " + file
                        + " (--kafka-properties) is \"somebody-elses\": expected nothing: Sluice sets it itself");
    }

    @Test
    void looksOnThisMachineIfNobodySaysWhereKafkaIs() {
        assertThat(options().settings(new Environment(Map.of())))
                .isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    private static KafkaOptions options(String... arguments) {
        return CommandLine.populateCommand(new KafkaOptions(), arguments);
    }
}
