package dev.sluice.standalone.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.access.TokenText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ApiOptionsTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

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
    void takesTheTokenOfTheDefaultFolderToNoAddressThatTheFolderDoesNotAnnounce() throws IOException {
        Tool tool = tool();
        assertSaysThatNoSluiceRuns(tool);
        writeToken();
        assertSaysThatNoSluiceRuns(tool);
        Files.createFile(FolderLock.in(folder));
        assertSaysThatNoSluiceRuns(tool);

        assertThat(err).hasToString("");
    }

    @Test
    void takesBothFromTheDefaultFolderAndSaysSoOnce() throws IOException {
        TokenText token = writeToken();
        Files.writeString(AnnouncedAddress.API.in(folder), "http://localhost:8765\n");
        try (FileChannel lock = FileChannel.open(FolderLock.in(folder), CREATE_NEW, WRITE)) {
            lock.lock();
            Tool tool = tool();

            assertThat(tool.api.address()).isEqualTo("http://localhost:8765");
            assertThat(tool.api.token()).isEqualTo(token);
        }
        assertThat(err).hasToString("sluice: using the folder " + folder + ", because nothing else is given\n");
    }

    @Test
    void saysThatItUsesTheTokenOfTheDefaultFolderOnlyIfThereIsOne() throws IOException {
        Tool tool = tool("--url", "http://localhost:9");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(tool.api::token)
                .withMessageStartingWith("there is no token in " + folder);
        assertThat(err).hasToString("");
        TokenText token = writeToken();

        assertThat(tool.api.token()).isEqualTo(token);
        assertThat(tool.api.address()).isEqualTo("http://localhost:9");
        assertThat(err).hasToString("sluice: using the token of the folder " + folder + "\n");
    }

    @Test
    void looksOnThisMachineForWhoIsToGetATokenThatIsGiven() {
        assertThat(tool("--token-file", "token").api.address()).isEqualTo("http://localhost:8080");
    }

    private void assertSaysThatNoSluiceRuns(Tool tool) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(tool.api::address)
                .withMessageStartingWith("no Sluice runs in " + folder);
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(tool.api::token)
                .withMessageStartingWith("no Sluice runs in " + folder);
    }

    private TokenText writeToken() throws IOException {
        TokenText token = TokenText.random(new SecureRandom());
        Files.writeString(folder.resolve("admin-token"), token.reveal());
        return token;
    }

    private Tool tool(String... arguments) {
        Tool tool = new Tool(new ApiOptions(new DefaultFolder(folder)));
        new CommandLine(tool).setErr(new PrintWriter(err, true)).parseArgs(arguments);
        return tool;
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
