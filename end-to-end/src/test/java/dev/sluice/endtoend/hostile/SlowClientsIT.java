package dev.sluice.endtoend.hostile;

import static dev.sluice.endtoend.hostile.HostileServer.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.test.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that are slow, or never finish: each has a time limit, and does not affect the others. */
class SlowClientsIT {

    private static final int MOST = 2_000;
    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);
    private static final Duration A_BIT = Duration.ofMillis(250);
    private static final int FEW = 100;
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private final HostileServer server = HostileServer.edge();

    @Test
    void closesThousandsOfHalfOpenConnectionsAndServesTheOthersMeanwhile() throws IOException {
        List<String> beginnings = List.of(
                "",
                "G",
                "GET " + SESSIONS,
                "GET " + SESSIONS + " HTTP/1.1\r\nHost: a\r\nX-A: b",
                server.head("GET", SESSIONS, "\r\n"),
                server.head("POST", SESSIONS, JSON + "Content-Length: 100\r\n\r\n{"),
                server.head("POST", SESSIONS, JSON + CHUNKED + "64\r\n{"),
                server.head("POST", SESSIONS, JSON + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"),
                server.head("POST", SESSIONS, NDJSON + CHUNKED + "64\r\n{"));
        long before = server.openFiles();
        List<RawClient> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < connections(); i++) {
                halfOpen.add(server.connect().send(beginnings.get(i % beginnings.size())));
            }
            server.assertServesOthers();

            await().atMost(GONE_WITHIN).until(() -> server.openFiles() < before + FEW);
            server.assertServesOthers();
            server.assertHoldsNoMoreThanAtFirst();
        } finally {
            for (RawClient connection : halfOpen) {
                connection.close();
            }
        }
    }

    @Test
    void endsWhatTricklesIn() throws IOException {
        try (RawClient line = server.connect();
                RawClient headers = server.connect();
                RawClient body = server.connect();
                RawClient chunks = server.connect();
                RawClient feed = server.connect()) {
            line.send("GET /");
            headers.send("GET " + SESSIONS + " HTTP/1.1\r\nX-");
            body.send(server.head("POST", SESSIONS, JSON + "Content-Length: 100000\r\n\r\n"));
            chunks.send(server.head("POST", SESSIONS, JSON + CHUNKED));
            feed.send(server.head("POST", SESSIONS, NDJSON + CHUNKED));

            Map<RawClient, String> pieces =
                    Map.of(line, "a", headers, "a", body, " ", chunks, "1\r\n \r\n", feed, "1\r\n \r\n");
            await().atMost(GONE_WITHIN).pollInterval(A_BIT).until(() -> !goOn(pieces));

            assertThat(body.receive().status()).isEqualTo(408);
            assertThat(chunks.receive().status()).isEqualTo(408);
            assertThat(feed.receive().body()).contains("durable_through");
            server.assertServesOthers();
        }
    }

    @Test
    void servesTheOthersWhileSomeDoNotRead() throws IOException {
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient connection = server.connect();
                deaf.add(connection);
                connection.send("GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n".repeat(400));
            }

            server.assertServesOthers();
            server.assertHoldsNoMoreThanAtFirst();
        } finally {
            for (RawClient connection : deaf) {
                connection.close();
            }
        }
    }

    @Test
    void answersThousandsOfPipelinedRequestsInOrder() throws IOException {
        int requests = 2_000;
        try (RawClient connection = server.connect()) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < requests; i++) {
                    connection.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: n" + i + "\r\n\r\n");
                }
            });
            for (int i = 0; i < requests; i++) {
                assertThat(connection.receive().header("x-request-id")).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void forgetsThoseThatHangUpAtOnce() throws IOException {
        long before = server.openFiles();
        for (int i = 0; i < connections(); i++) {
            try (RawClient connection = server.connect()) {
                connection.send(server.head("GET", SESSIONS, i % 2 == 0 ? "nonsense\r\n" : "\r\n"));
            }
        }

        server.assertServesOthers();
        await().atMost(GONE_WITHIN).until(() -> server.openFiles() < before + FEW);
        server.assertHoldsNoMoreThanAtFirst();
    }

    private static boolean goOn(Map<RawClient, String> pieces) throws IOException {
        boolean any = false;
        for (Map.Entry<RawClient, String> piece : pieces.entrySet()) {
            any |= piece.getKey().trickle(piece.getValue());
        }
        return any;
    }

    /** As many as the file descriptor limits of this process and the server allow. */
    private static int connections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(MOST, unix.getMaxFileDescriptorCount() / 4)
                : MOST / 10;
    }
}
