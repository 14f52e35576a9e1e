package dev.sluice.endtoend.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.test.process.ServiceProcess;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A token from its making to its end, at both services. */
class TokenLifeIT {

    private static final long PROJECT = 3000;
    private static final String SESSIONS = "/api/v2/projects/" + PROJECT + "/analysis-sessions/";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Edges edges = Edges.shared();

    @Test
    void worksAtBothServicesUntilItIsRevokedAndItsUseIsTold() {
        TokenText token = edges.token(Role.WRITER, PROJECT);
        awaitAtBoth(token, 404);
        Instant used = Instant.now().minusSeconds(60);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(edges.tokens().lastUses().get(token.id()))
                        .isAfter(used));

        edges.tokens().revoke(token.id());

        awaitAtBoth(token, 401);
    }

    @Test
    void stopsWorkingWhenItExpires() {
        Instant end = Instant.now().plusSeconds(4);
        TokenText token = edges.token(Role.WRITER, new Projects.Named(Set.of(PROJECT)), end);
        awaitAtBoth(token, 404);
        assertThat(Instant.now()).as("it worked before its end").isBefore(end.plusSeconds(20));

        awaitAtBoth(token, 401);

        assertThat(Instant.now()).isAfter(end.minusMillis(1));
    }

    @Test
    void takesItsFeedWithItWhenItIsRevoked() throws Exception {
        TokenText token = edges.token(Role.WRITER, PROJECT);
        awaitAtBoth(token, 404);
        try (PipedOutputStream feed = new PipedOutputStream();
                PipedInputStream body = new PipedInputStream(feed)) {
            CompletableFuture<HttpResponse<String>> answer = edges.http()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create(edges.ingest().address() + SESSIONS))
                                    .header("Authorization", "Token " + token.reveal())
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(BodyPublishers.ofInputStream(() -> body))
                                    .build(),
                            BodyHandlers.ofString());
            // The client sends what fills its buffer.
            String line = "{\"analysis_ref\":\"x\",\"analysis_type\":\"fortify\"}" + " ".repeat(20_000) + "\n";
            feed.write(line.getBytes(UTF_8));
            feed.flush();
            await().atMost(SOON)
                    .until(() -> edges.get(SESSIONS, edges.everything()).body().contains("analysis_ref"));

            edges.tokens().revoke(token.id());

            HttpResponse<String> response = answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Token");
            assertThat(response.body()).contains("\"detail\":\"Invalid token.\"", "\"durable_through\":1");
        }
    }

    /** What there is not is 404 to whoever has a token that works. */
    private void awaitAtBoth(TokenText token, int status) {
        for (ServiceProcess edge : edges.both()) {
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> edges.send(edge, "GET", "/api/", null, "Authorization", "Token " + token.reveal())
                                    .statusCode()
                            == status);
        }
    }
}
