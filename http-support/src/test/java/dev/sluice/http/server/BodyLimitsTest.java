package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitsTest {

    private static final int MAX = 100_000;
    // Room for one body, so that no second one is taken if the first gives back less than it took.
    private static final HttpConfig SMALL =
            HttpConfigs.with("SLUICE_MAX_BODY", "100000", "SLUICE_BODY_BUDGET", "100000");

    @Test
    void takesABodyOfJustTheLimit() throws IOException {
        try (RunningServer server = new RunningServer(SMALL)) {
            Response declared =
                    server.call("POST", SESSIONS, asWriter() + "Content-Length: " + MAX + "\r\n", "x".repeat(MAX));
            Response chunked = server.call(
                    "POST", SESSIONS, asWriter() + "Transfer-Encoding: chunked\r\n", chunk(MAX) + "0\r\n\r\n");

            assertThat(declared.body()).isEqualTo("{\"length\":100000}");
            assertThat(chunked.body()).isEqualTo("{\"length\":100000}");
        }
    }

    @Test
    void refusesADeclaredLengthWithoutReadingOrAskingForIt() throws IOException {
        try (RunningServer server = new RunningServer(SMALL);
                RawClient client = server.client()) {
            client.send(head("POST", SESSIONS, asWriter() + "Expect: 100-continue\r\nContent-Length: 9999999999\r\n"));

            Response response = client.receive();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body())
                    .isEqualTo("{\"detail\":\"The body is too large: expected at most 100000 bytes.\"}");
        }
    }

    @Test
    void asksForABodyThatItWillRead() throws IOException {
        try (RunningServer server = new RunningServer(SMALL);
                RawClient client = server.client()) {
            client.send(head("POST", SESSIONS, asWriter() + "Expect: 100-continue\r\nContent-Length: 2\r\n"));

            assertThat(client.receive().status()).isEqualTo(100);
            assertThat(client.send("{}").receive().status()).isEqualTo(201);
        }
    }

    @Test
    void answersAClientThatSendsAllOfAnOverlongBodyFirst() throws IOException {
        String longBody = "x".repeat(10_000_000);
        try (RunningServer server = new RunningServer(SMALL)) {
            assertThat(server.call("POST", SESSIONS, asWriter() + "Content-Length: 10000000\r\n", longBody)
                            .status())
                    .isEqualTo(413);
            assertThat(server.call("POST", SESSIONS, "Content-Length: 10000000\r\n", longBody)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesAChunkedBodyAsSoonAsItPassesTheLimit() throws IOException {
        try (RunningServer server = new RunningServer(SMALL)) {
            String chunks = chunk(60_000) + chunk(60_000);
            String declared = "7fffffff\r\nxx";

            for (String body : new String[] {chunks, declared}) {
                Response response = server.call("POST", SESSIONS, asWriter() + "Transfer-Encoding: chunked\r\n", body);
                assertThat(response.status()).isEqualTo(413);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "2;\0\r\n{}\r\n0\r\n\r\n", "2;a=\u007f\r\n{}\r\n0\r\n\r\n"})
    void refusesMalformedChunks(String chunks) throws IOException {
        try (RunningServer server = new RunningServer(SMALL)) {
            Response response = server.call("POST", SESSIONS, asWriter() + "Transfer-Encoding: chunked\r\n", chunks);

            assertThat(response.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n4\r\n{}"})
    void handsOverNoBodyThatIsCutOff(String begun) throws IOException {
        AtomicBoolean isHandedOver = new AtomicBoolean();
        try (RunningServer server = new RunningServer(SMALL, request -> {
                    byte[] body = request.body();
                    isHandedOver.set(true);
                    return Answer.json(201, body);
                });
                RawClient client = server.client()) {
            client.send("POST " + SESSIONS + " HTTP/1.1\r\nHost: a\r\n" + asWriter() + begun)
                    .sendNoMore();

            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(isHandedOver).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10000000000\r\n", "Transfer-Encoding: chunked\r\n"})
    void answersBeforeABodyThatNobodyWantsHasCome(String framing) throws IOException {
        try (RunningServer server = new RunningServer(SMALL);
                RawClient client = server.client()) {
            client.send(head("POST", "/api/v2/processing/resume/", asAdministratorOfAll() + framing) + "7fffffff\r\nx");

            Response response = client.receive();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.sendNoMore().isClosedByServer()).isTrue();
        }
    }

    @Test
    void answers408ToABodyThatTrickles() throws IOException {
        HttpConfig impatient = HttpConfigs.with("SLUICE_BODY_TIMEOUT", "700ms");
        try (RunningServer server = new RunningServer(impatient);
                RawClient client = server.client()) {
            client.send(head("POST", SESSIONS, asWriter() + "Content-Length: 10\r\n") + "{");

            Response response = client.receive();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionWhoseHeadersTrickle() throws IOException {
        HttpConfig impatient = HttpConfigs.with("SLUICE_HEADER_TIMEOUT", "300ms");
        try (RunningServer server = new RunningServer(impatient);
                RawClient client = server.client()) {
            client.send("GET " + SESSIONS + " HTTP/1.1\r\nHost: a\r\n");

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void answers503WhenBodiesHoldAllTheMemoryThereIs() throws Exception {
        HttpConfig scarce = HttpConfigs.with("SLUICE_MAX_BODY", "100000", "SLUICE_BODY_BUDGET", "100000");
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = new RunningServer(scarce, holding(read, release));
                RawClient holder = server.client()) {
            holder.send(head("POST", SESSIONS, asWriter() + "Content-Length: " + MAX + "\r\n") + "x".repeat(MAX));
            read.await();

            Response refused = server.call("POST", SESSIONS, asWriter() + "Content-Length: 2000\r\n", "x".repeat(2000));
            release.countDown();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(holder.receive().body()).isEqualTo("100000");
            assertThat(server.call("POST", SESSIONS, asWriter() + "Content-Length: 2000\r\n", "x".repeat(2000))
                            .body())
                    .isEqualTo("2000");
        }
    }

    /** Within 170,000 bytes a second body begins and does not fit, within 250,000 it fits and cannot be checked. */
    @ParameterizedTest
    @ValueSource(strings = {"170000", "250000"})
    void leavesNothingTakenByABodyThatItRefusesHalfway(String budget) throws Exception {
        HttpConfig scarce = HttpConfigs.with("SLUICE_MAX_BODY", "100000", "SLUICE_BODY_BUDGET", budget);
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = new RunningServer(scarce, holding(read, release));
                RawClient holder = server.client()) {
            holder.send(head("POST", SESSIONS, asWriter() + "Content-Length: " + MAX + "\r\n") + "x".repeat(MAX));
            read.await();
            double taken = taken(server);

            Response refused = server.call(
                    "POST", SESSIONS, asAdministrator() + "Content-Length: " + MAX + "\r\n", "x".repeat(MAX));

            assertThat(refused.status()).isEqualTo(503);
            assertThat(taken(server)).isEqualTo(taken);
            release.countDown();
            assertThat(holder.receive().status()).isEqualTo(201);
        }
    }

    @Test
    void answers503PastItsNumberOfRequestsButStillSaysHowItIs() throws Exception {
        HttpConfig single = HttpConfigs.with("SLUICE_MAX_REQUESTS", "1");
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = new RunningServer(single, request -> {
                    started.countDown();
                    await(release);
                    return Answer.json(201, request.body());
                });
                RawClient first = server.client()) {
            first.send(head("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n") + "{}");
            started.await();

            assertThat(server.call("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n", "{}")
                            .status())
                    .isEqualTo(503);
            assertThat(server.call("GET", "/observe/health/live", "", "").status())
                    .isEqualTo(200);
            release.countDown();
            assertThat(first.receive().status()).isEqualTo(201);
        }
    }

    private static double taken(RunningServer server) {
        return server.registry.get("sluice.http.body.bytes").gauge().value();
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    }

    /** Says how long the body is, but keeps it until the release. */
    private static ApiHandler holding(CountDownLatch read, CountDownLatch release) {
        return request -> {
            byte[] body = request.body();
            read.countDown();
            await(release);
            return Answer.json(201, Integer.toString(body.length).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
