package dev.sluice.endtoend.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.test.RawClient;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server process with a small heap, which ends when the heap is exhausted. All tests share one, and must leave it as it was. */
final class HostileServer {

    static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    private static final long SPARE_BYTES = 48L << 20;

    private final ServiceProcess process;
    private final RemoteHeap heap;
    private final int port;
    private final String token;
    private final long heapAtFirst;

    private HostileServer(ServiceProcess process, String token) throws IOException {
        this.process = process;
        this.heap = new RemoteHeap(process);
        this.port = process.address().getPort();
        this.token = token;
        for (int i = 0; i < 200; i++) {
            assertServesOthers();
        }
        this.heapAtFirst = heap.usedBytes();
    }

    private static final class Shared {
        private static final StandaloneProcess PROCESS = StandaloneProcess.in(temporaryFolder());
        private static final HostileServer STANDALONE = startStandalone(PROCESS);
    }

    private static final class SharedEdge {
        private static final HostileServer EDGE = startEdge(Shared.STANDALONE.token, Shared.PROCESS.kafkaPort());
    }

    /** {@code sluice start}; stopped when this JVM exits. */
    static HostileServer standalone() {
        return Shared.STANDALONE;
    }

    /** An ingest-api on the standalone's Kafka, with short timeouts; stopped when this JVM exits. */
    static HostileServer edge() {
        return SharedEdge.EDGE;
    }

    int port() {
        return port;
    }

    String token() {
        return token;
    }

    RawClient connect() throws IOException {
        return new RawClient(port);
    }

    /** The head of a request with a token, without its last line. */
    String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: sluice.test\r\nAuthorization: Token " + token + "\r\n"
                + headers;
    }

    /** Checks that a well-behaved client on a separate connection is served. */
    void assertServesOthers() throws IOException {
        String session = "{\"analysis_ref\":\"well-behaved\",\"analysis_type\":\"fortify\"}";
        String type = "Content-Type: application/json\r\nContent-Length: " + session.length() + "\r\n\r\n";
        try (RawClient connection = connect()) {
            connection.send(head("POST", SESSIONS, type) + session);
            assertThat(connection.receive().status()).isEqualTo(201);
        }
        // On a connection of its own: the server ends the first one if it is short of them.
        try (RawClient connection = connect()) {
            connection.send(head("GET", "/observe/health/live", "\r\n"));
            assertThat(connection.receive().body()).contains("\"UP\"");
        }
    }

    /** Checks that a well-behaved client's submission is stored, so that nothing before it has stopped the processor. */
    void assertStoresWhatItTakes() throws IOException {
        String session = "{\"analysis_ref\":\"last\",\"analysis_type\":\"fortify\"}";
        String type = "Content-Type: application/json\r\nContent-Length: " + session.length() + "\r\n\r\n";
        try (RawClient connection = connect()) {
            String location = connection
                    .send(head("POST", SESSIONS, type) + session)
                    .receive()
                    .header("location");
            await("the session to be stored").until(() -> {
                connection.send(head("GET", URI.create(location).getPath(), "\r\n"));
                return connection.receive().body().contains("\"last\"");
            });
        }
    }

    /** Checks that the server has retained nothing of what it was sent, and has never run out of memory. */
    void assertHoldsNoMoreThanAtFirst() throws IOException {
        assertThat(process.process().isAlive())
                .as(process.process().lastLines())
                .isTrue();
        // It may not have noticed yet that clients have hung up.
        await("heap in use").untilAsserted(() -> assertThat(heap.usedBytes()).isLessThan(heapAtFirst + SPARE_BYTES));
    }

    /** The number of open files and connections. */
    long openFiles() throws IOException {
        return (long) process.metric("process_files_open_files");
    }

    private static HostileServer startStandalone(StandaloneProcess standalone) {
        try {
            ServiceProcess running = standalone.start(List.of()).awaitReady();
            return new HostileServer(running, standalone.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "hostile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostileServer startEdge(String token, int kafkaPort) {
        Map<String, String> impatient = Map.of(
                "SLUICE_KAFKA",
                "127.0.0.1:" + kafkaPort,
                "SLUICE_HEADER_TIMEOUT",
                "4s",
                "SLUICE_BODY_TIMEOUT",
                "6s",
                "SLUICE_IDLE_TIMEOUT",
                "6s");
        try {
            return new HostileServer(ServiceProcess.ingestApi(impatient).awaitReady(), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
