package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies of a few callers, however many and however slow, leave room for other callers' bodies. */
class BodyBudgetTest {

    private static final int MAX = 200_000;
    private static final int PIECE = 64 * 1024;
    private static final int BUDGET = 1_024_000;
    private static final HttpConfig SCARCE =
            HttpConfigs.with("SLUICE_MAX_BODY", Integer.toString(MAX), "SLUICE_BODY_BUDGET", Integer.toString(BUDGET));
    private static final int CONNECTIONS = 40;

    @Test
    void takesNoMoreThanAPieceForWhatIsDeclaredAndNotSent() throws IOException {
        try (RunningServer server = new RunningServer(SCARCE);
                RawClient client = server.client()) {
            client.send(head("POST", SESSIONS, asWriter() + "Content-Length: " + MAX + "\r\n") + "{");

            await().until(() -> taken(server) > 0);
            assertThat(taken(server)).isEqualTo(PIECE);

            client.send("x".repeat(MAX - 1));
            assertThat(client.receive().body()).isEqualTo("{\"length\":" + MAX + "}");
            await().until(() -> taken(server) == 0);
        }
    }

    @Test
    void servesOthersAndItsOperatorWhileTwoCallersTrickleOnManyConnections() throws IOException {
        List<RawClient> trickling = new ArrayList<>();
        try (RunningServer server = new RunningServer(SCARCE)) {
            Gauge.builder("large", () -> 1).description("x".repeat(100_000)).register(server.registry);
            for (int i = 0; i < CONNECTIONS; i++) {
                String framing = i % 2 == 0 ? "Content-Length: " + MAX + "\r\n" : "Transfer-Encoding: chunked\r\n";
                String begun = i % 2 == 0 ? "{" : "1\r\n{\r\n";
                trickling.add(server.client().send(head("POST", SESSIONS, asWriter() + framing) + begun));
            }
            await().until(() -> taken(server) > BUDGET / 2 - PIECE);
            for (int i = 0; i < CONNECTIONS; i++) {
                trickling.add(server.client()
                        .send(head("POST", SESSIONS, asAdministrator() + "Content-Length: " + MAX + "\r\n") + "{"));
            }
            await().until(() -> taken(server) > BUDGET / 2 + BUDGET / 4 - 2 * PIECE);

            Response others = server.call(
                    "POST", SESSIONS, asAdministratorOfAll() + "Content-Length: " + MAX + "\r\n", "x".repeat(MAX));
            Response own = server.call("POST", SESSIONS, asWriter() + "Content-Length: 60000\r\n", "x".repeat(60_000));
            Response metrics = server.call("GET", "/observe/metrics", "", "");

            assertThat(others.status()).isEqualTo(201);
            assertThat(own.status()).isEqualTo(429);
            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.body()).hasSizeGreaterThan(100_000);
        } finally {
            for (RawClient client : trickling) {
                client.close();
            }
        }
    }

    private static double taken(RunningServer server) {
        return server.registry.get("sluice.http.body.bytes").gauge().value();
    }
}
