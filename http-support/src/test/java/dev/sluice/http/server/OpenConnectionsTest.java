package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.api.Answer;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** Connections that are kept open or say nothing must not keep others out. */
class OpenConnectionsTest {

    private static final int ROOM = 16;
    private static final HttpConfig CROWDED = HttpConfigs.with("SLUICE_MAX_CONNECTIONS", Integer.toString(ROOM));
    private static final String GET = head("GET", SESSIONS, asReader());

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @ConcurrentTest
    void closesThoseThatSayNothing() throws IOException {
        try (RunningServer server = new RunningServer(CROWDED)) {
            open(server, ROOM);

            assertThat(open(server).send(GET).receive().status()).isEqualTo(200);
            assertThat(displaced(server)).isPositive();
        }
    }

    @ConcurrentTest
    void closesThoseThatAreKeptOpenAndIdle() throws IOException {
        try (RunningServer server = new RunningServer(CROWDED)) {
            List<RawClient> kept = open(server, ROOM - 1);
            for (RawClient client : kept) {
                client.send(GET).receive();
            }
            open(server);

            assertThat(open(server).send(GET).receive().status()).isEqualTo(200);
            assertThat(displaced(server)).as("only one has had no answer").isGreaterThan(1);
        }
    }

    @ConcurrentTest
    void keepsThoseThatAreWithinARequest() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = new RunningServer(CROWDED, request -> {
            awaitUninterrupted(release);
            return Answer.json(201, request.body());
        })) {
            List<RawClient> working = open(server, ROOM);
            for (RawClient client : working.subList(1, ROOM)) {
                client.send(head("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n") + "{}");
            }

            // Only the first is idle. While this one is open there is no room either.
            RawClient another = open(server);
            assertThat(another.send(GET).receive().status()).isEqualTo(200);
            release.countDown();

            for (RawClient client : working.subList(1, ROOM)) {
                assertThat(client.receive().status()).isEqualTo(201);
            }
        }
    }

    @ConcurrentTest
    void keepsAllWhileThereIsRoom() throws IOException {
        try (RunningServer server = new RunningServer(CROWDED)) {
            List<RawClient> kept = open(server, ROOM - 2);
            // Longer than one must be idle to be closed.
            await().during(Duration.ofMillis(5_100)).until(() -> displaced(server) == 0);

            for (RawClient client : kept) {
                Response answer = client.send(GET).receive();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Connection")).isEmpty();
            }
            assertThat(displaced(server)).isZero();
        }
    }

    private static double displaced(RunningServer server) {
        return server.registry.counter("sluice.http.connections.displaced").count();
    }

    private static void awaitUninterrupted(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawClient open(RunningServer server) throws IOException {
        RawClient client = server.client();
        clients.add(client);
        return client;
    }

    private List<RawClient> open(RunningServer server, int count) throws IOException {
        List<RawClient> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(open(server));
        }
        return opened;
    }
}
