package dev.sluice.endtoend.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.test.process.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A token from its creation to its end, at both services. */
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
                .untilAsserted(() ->
                        assertThat(edges.tokens().lastUses().get(token.id())).isAfter(used));

        edges.tokens().revoke(token.id());

        awaitAtBoth(token, 401);
    }

    @Test
    void takesItsFeedWithItWhenItIsRevoked() throws Exception {
        TokenText token = edges.token(Role.WRITER, PROJECT);
        awaitAtBoth(token, 404);
        URI address = edges.ingest().address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            String feed = "POST " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Token " + token.reveal()
                    + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"
                    + "{\"analysis_ref\":\"x\",\"analysis_type\":\"fortify\"}\n";
            socket.getOutputStream().write(feed.getBytes(UTF_8));
            await().atMost(SOON)
                    .until(() -> edges.get(SESSIONS, edges.everything()).body().contains("analysis_ref"));

            edges.tokens().revoke(token.id());

            String answer = read(socket.getInputStream());
            assertThat(answer)
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("\r\nWWW-Authenticate: Token\r\n")
                    .contains("\"detail\":\"Invalid token.\"", "\"durable_through\":1,");
        }
    }

    /** Reads a response up to its last field, because the server keeps the connection open for a while for the client to finish. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && !answer.toString(UTF_8).endsWith("\"more_errors\""); next = in.read()) {
            answer.write(next);
        }
        return answer.toString(UTF_8);
    }

    /** A valid token gets 404 for a path that does not exist. */
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
