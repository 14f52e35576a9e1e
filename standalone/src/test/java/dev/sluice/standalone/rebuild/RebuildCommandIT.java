package dev.sluice.standalone.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.start.DataFolder;
import dev.sluice.standalone.start.Standalone;
import dev.sluice.standalone.start.StartOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
        try (Standalone standalone = start()) {
            String body = "{\"analysis_ref\": \"kept\", \"analysis_type\": \"fortify\"}";
            URI created = send(standalone, request(standalone, SESSIONS).POST(BodyPublishers.ofString(body)))
                    .headers()
                    .firstValue("Location")
                    .map(URI::create)
                    .orElseThrow();
            assertThat(send(standalone, HttpRequest.newBuilder(created)).statusCode())
                    .isEqualTo(200);
            before = sessions(standalone);
        }

        int exitCode = rebuild("--data", data.toString());

        assertThat(err).hasToString("");
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("Filling generation 2; generation 1 is live meanwhile.", "Generation 2 is live.")
                .contains("Generation 1 is dropped.", "Rebuilt: 1 records");
        try (Standalone standalone = start()) {
            assertThat(sessions(standalone)).isEqualTo(before).contains("kept");
        }
    }

    private int rebuild(String... arguments) {
        return new CommandLine(new RebuildCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Standalone start() {
        Standalone standalone = new Standalone(StartOptions.ON_ANY_PORTS, DataFolder.open(data), Clock.systemUTC());
        standalone.start();
        return standalone;
    }

    private static String sessions(Standalone standalone) throws Exception {
        return send(standalone, request(standalone, SESSIONS)).body();
    }

    private static HttpRequest.Builder request(Standalone standalone, String path) {
        return HttpRequest.newBuilder(URI.create(standalone.baseUrl() + path));
    }

    private static HttpResponse<String> send(Standalone standalone, HttpRequest.Builder request) throws Exception {
        String token = Files.readString(standalone.adminToken()).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    request.timeout(Duration.ofSeconds(20))
                            .header("Authorization", "Token " + token)
                            .header("Content-Type", "application/json")
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
