package dev.sluice.standalone.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.start.StandaloneUnderTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RebuildCommandIT {

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    @Test
    void rebuildsThatOfAStoppedSluice() throws Exception {
        String before;
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            String body = "{\"analysis_ref\": \"kept\", \"analysis_type\": \"fortify\"}";
            HttpResponse<String> created = standalone.post(SESSIONS, body);
            assertThat(standalone.get(StandaloneUnderTest.location(created)).statusCode())
                    .isEqualTo(200);
            before = standalone.get(SESSIONS).body();
        }

        int exitCode = rebuild("--data", data.toString());

        assertThat(err).hasToString("");
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("Filling generation 2; generation 1 is live meanwhile.", "Generation 2 is live.")
                .contains("Generation 1 is dropped.", "Rebuilt: 1 records");
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            assertThat(standalone.get(SESSIONS).body()).isEqualTo(before).contains("kept");
        }
    }

    private int rebuild(String... arguments) {
        return new CommandLine(new RebuildCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
