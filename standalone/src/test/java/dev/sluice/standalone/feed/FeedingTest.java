package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.standalone.command.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedingTest {

    @TempDir
    private Path folder;

    private FeedServer server;
    private FeedClient client;
    private FeedState begun;
    private Feeding feeding;

    @BeforeEach
    void start() throws IOException {
        server = new FeedServer();
        Retries retries = new Retries(Duration.ofSeconds(20), _ -> {});
        client = new FeedClient(URI.create(server.url() + "/"), "token", "key", Duration.ofSeconds(20), retries);
        begun = new FeedState("target", "key", "", null, new FeedState.Reached(0, 0, 0, 0, 0), false);
        feeding = new Feeding(client, RejectedLines.shared(folder.resolve("bad")), begun, (_, _) -> {});
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void writesBadLinesOnlyOnceTheyAreSettled() {
        server.listsAtMost(1);
        server.willAnswer(200, 401);

        assertThatExceptionOfType(CommandFailure.class).isThrownBy(() -> feed("{}\n{}\n"));

        assertThat(feeding.state().line()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void settlesNothingAfterItWasStopped() {
        server.before(2, feeding::stop);

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> feed("{}\n" + "{\"a\":1}\n".repeat(16_383) + "{}\n"));

        assertThat(feeding.state().line()).isEqualTo(16_384);
        assertThat(folder.resolve("bad")).hasContent("{}\n");
    }

    @Test
    void saysOnlyThatIsSettledWhichIsSaved() {
        feeding = new Feeding(client, RejectedLines.shared(folder.resolve("bad")), begun, (_, after) -> {
            if (after.line() > 0) {
                throw new IOException("No space left on device");
            }
        });

        assertThatIOException().isThrownBy(() -> feed("{\"a\":1}\n"));

        assertThat(feeding.state().line()).isZero();
    }

    private void feed(String lines) throws IOException, InterruptedException {
        try (Segments segments = new Segments(
                () -> new NdjsonLines(new ByteArrayInputStream(lines.getBytes(UTF_8))), 1, Duration.ofDays(1))) {
            feeding.run(segments);
        }
    }
}
