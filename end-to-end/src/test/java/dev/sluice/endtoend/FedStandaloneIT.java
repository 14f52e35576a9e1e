package dev.sluice.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ChildJvm;
import dev.sluice.test.process.Launch;
import dev.sluice.test.process.StandaloneProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A feed from {@code sluice feed} to a standalone, in separate processes, is stored once even if the sender is killed. */
class FedStandaloneIT {

    private static final int LINES = 12_000;
    private static final int BAD_LINE = 9_000;
    private static final int EXIT_WITH_BAD_LINES = 3;
    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    @TempDir
    private Path folder;

    @Test
    void storesEachLineOnceThoughTheSenderIsKilledAndStartedAgain() throws Exception {
        Path feed = folder.resolve("feed.ndjson.gz");
        write(feed);

        try (Standalone standalone = Standalone.start(folder.resolve("data"))) {
            try (ChildJvm first = send(feed, standalone)) {
                Awaitility.await("some of it to be there").until(() -> count(standalone) > 0 || !first.isAlive());
                first.kill();
            }

            try (ChildJvm second = send(feed, standalone)) {
                assertThat(second.awaitExit(Duration.ofSeconds(90)))
                        .as(second.lastLines())
                        .isEqualTo(EXIT_WITH_BAD_LINES);
            }

            Awaitility.await("all of it to be stored")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> count(standalone) >= LINES - 1);
            assertThat(standalone
                            .get(SESSIONS + "?page_size=1&analysis_ref=line-" + LINES)
                            .body())
                    .contains("\"count\":1");
            assertThat(count(standalone)).isEqualTo(LINES - 1);
        }
        assertThat(folder.resolve("feed.ndjson.gz.rejected.ndjson")).hasContent("{\"analysis_type\":\"nonsense\"}\n");
    }

    private static ChildJvm send(Path feed, Standalone standalone) {
        return ChildJvm.start(Launch.ofJar("feed", StandaloneProcess.jar())
                .withJvmOptions(List.of("-Xmx128m"))
                .withArguments(List.of(
                        "feed",
                        feed.toString(),
                        "--project",
                        "1",
                        "--url",
                        standalone.address().toString(),
                        "--token-file",
                        standalone.adminToken().toString())));
    }

    private static int count(Standalone standalone) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(standalone.get(SESSIONS + "?page_size=1").body())
                .path("count")
                .intValue();
    }

    private static void write(Path feed) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(feed))) {
            for (int i = 1; i <= LINES; i++) {
                String line = i == BAD_LINE
                        ? "{\"analysis_type\":\"nonsense\"}"
                        : "{\"analysis_ref\":\"line-" + i + "\",\"analysis_type\":\"fortify\"}";
                out.write((line + "\n").getBytes(UTF_8));
            }
        }
    }
}
