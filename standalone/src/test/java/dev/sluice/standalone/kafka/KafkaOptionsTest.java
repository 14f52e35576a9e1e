package dev.sluice.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.settings.Environment;
import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.DefaultFolder;
import dev.sluice.standalone.start.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
        assertThat(new KafkaOptions(new DefaultFolder(folder.resolve("none"))).settings(new Environment(Map.of())))
                .isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void doesNotTakeAnotherProgramsFolderForTheDefaultOne() throws IOException {
        Files.createFile(folder.resolve("lock"));

        assertThat(new KafkaOptions(new DefaultFolder(folder)).settings(new Environment(Map.of())))
                .isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void usesTheDefaultFolderAndSaysSoIfThereIsOneAndNothingElseIsGiven() throws IOException {
        Path data = folder.resolve("data");
        try (DataFolder _ = DataFolder.open(data)) {
            Files.writeString(AnnouncedAddress.KAFKA.in(data), "folder:9092\n");
            Tool tool = new Tool(new KafkaOptions(new DefaultFolder(data)));
            StringWriter err = new StringWriter();
            new CommandLine(tool).setErr(new PrintWriter(err, true)).parseArgs();

            assertThat(tool.kafka.settings(new Environment(Map.of())))
                    .isEqualTo(Map.of("bootstrap.servers", "folder:9092"));
            assertThat(err.toString())
                    .startsWith("sluice: using the folder " + data)
                    .hasLineCount(1);
            assertThat(tool.kafka.settings(new Environment(Map.of("SLUICE_KAFKA", "environment:9092"))))
                    .isEqualTo(Map.of("bootstrap.servers", "environment:9092"));
        }
    }

    @Test
    void looksForNoOtherKafkaIfNoSluiceRunsInTheDefaultFolder() throws IOException {
        DataFolder.open(folder).close();
        Tool tool = new Tool(new KafkaOptions(new DefaultFolder(folder)));
        new CommandLine(tool).setErr(new PrintWriter(new StringWriter())).parseArgs();

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> tool.kafka.settings(new Environment(Map.of())))
                .withMessageStartingWith("no Sluice runs in " + folder);
    }

    @Command
    private static final class Tool {

        @Mixin
        private final KafkaOptions kafka;

        private Tool(KafkaOptions kafka) {
            this.kafka = kafka;
        }
    }

    private static KafkaOptions options(String... arguments) {
        return CommandLine.populateCommand(new KafkaOptions(), arguments);
    }
}
