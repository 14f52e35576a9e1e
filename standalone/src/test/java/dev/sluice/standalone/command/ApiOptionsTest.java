package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ApiOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere:8080", "https://127.0.0.1.example.com", "http://localhost@elsewhere"})
    void doesNotTakeTheTokenOfTheDefaultFolderToAnotherMachine(String url) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options(url)::token)
                .withMessageContaining("stays on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "https://[::1]:8443"})
    void takesItToASluiceOnThisOne(String url) {
        assertThat(ApiOptions.isOnThisMachine(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"where?", "localhost:8080", "http://", "ftp://localhost"})
    void saysThatAnAddressIsNone(String url) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options(url)::address)
                .withMessage("--url " + url + " is not an address: expected http://HOST:PORT");
    }

    @Test
    void doesNotTakeTheTokenOfTheDefaultFolderToWhateverListensWhereItsSluiceMayHaveBeen(@TempDir Path folder)
            throws IOException {
        Tool tool = new Tool(new ApiOptions(new DefaultFolder(folder)));
        StringWriter err = new StringWriter();
        new CommandLine(tool).setErr(new PrintWriter(err, true)).parseArgs();
        assertThat(tool.api.address()).isEqualTo("http://localhost:8080");
        Files.createFile(FolderLock.in(folder));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(tool.api::address)
                .withMessageStartingWith("no Sluice runs in " + folder);
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(tool.api::token)
                .withMessageStartingWith("no Sluice runs in " + folder);
        assertThat(err.toString())
                .startsWith("sluice: using the folder " + folder)
                .hasLineCount(1);
    }

    @Command
    private static final class Tool {

        @Mixin
        private final ApiOptions api;

        private Tool(ApiOptions api) {
            this.api = api;
        }
    }

    private static ApiOptions options(String url) {
        return CommandLine.populateCommand(new ApiOptions(), "--url", url);
    }
}
