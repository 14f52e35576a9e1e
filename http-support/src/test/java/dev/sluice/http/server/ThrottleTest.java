package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.quota.Quotas;
import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import dev.sluice.test.TestTokens;
import dev.sluice.test.openapi.OpenApiContract;
import io.helidon.http.Method;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The quota is one byte per second, so that no test lasts until there is room for another body. */
class ThrottleTest {

    private static final int BURST = 3_600;

    private final RunningServer server =
            new RunningServer(HttpConfig.defaults().withQuotas(new Quotas(0, 0, 1, Duration.ofSeconds(BURST))));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answers429AsDjangoRestDoesAndSaysWhenToTryAgain() throws IOException {
        assertThat(post(BURST).status()).isEqualTo(201);

        Response refused = post(1_000);

        assertThat(refused.status()).isEqualTo(429);
        int seconds = Integer.parseInt(refused.header("Retry-After"));
        assertThat(seconds).isBetween(1, 1_000);
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"Request was throttled. Expected available in " + seconds + " second"
                        + (seconds == 1 ? "" : "s") + ".\"}");
        Map<String, List<String>> headers = Map.of(
                "Retry-After", List.of(refused.header("Retry-After")),
                "Content-Type", List.of(refused.header("Content-Type")));
        OpenApiContract.load().assertConforms("POST", SESSIONS, 429, headers, refused.body());
        assertThat(server.call("GET", "/observe/metrics", "", "").body())
                .contains("sluice_http_throttled_total{quota=\"bytes\"} 1.0");
    }

    @Test
    void refusesWithoutReadingTheBody() throws IOException {
        post(BURST);
        String expecting = asWriter() + "Content-Length: 5000000\r\nExpect: 100-continue\r\n";

        try (RawClient client = server.client()) {
            Response refused = client.send(head("POST", SESSIONS, expecting)).receive();

            assertThat(refused.status()).isEqualTo(429);
        }
    }

    @Test
    void holdsBackOnlyTheTokenThatAsksForTooMuchAndOnlyForWhatItHasNoneOf() throws IOException {
        post(BURST);

        assertThat(post(1_000).status()).isEqualTo(429);
        assertThat(server.call("POST", SESSIONS, asAdministrator() + "Content-Length: 2\r\n", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(server.call("GET", SESSIONS, asWriter(), "").status()).isEqualTo(200);
    }

    @Test
    void chargesAChunkedBodyAfterwards() throws IOException {
        assertThat(postChunked(2 * BURST).status()).isEqualTo(201);

        assertThat(postChunked(1).status()).isEqualTo(429);
        assertThat(post(1).status()).isEqualTo(429);
    }

    @Test
    void countsRequestsOfAllKindsAndSessionsOnlyWhereTheyAreSubmitted() throws IOException {
        try (RunningServer other =
                new RunningServer(HttpConfig.defaults().withQuotas(new Quotas(0, 1, 0, Duration.ofMillis(1))))) {
            for (int i = 0; i < 20; i++) {
                assertThat(other.call("GET", SESSIONS, asWriter(), "").status()).isEqualTo(200);
            }
            assertThat(untilRefused(other, "POST").header("retry-after")).isEqualTo("1");
        }
        try (RunningServer other =
                new RunningServer(HttpConfig.defaults().withQuotas(new Quotas(1, 0, 0, Duration.ofMillis(1))))) {
            assertThat(untilRefused(other, "GET").header("retry-after")).isEqualTo("1");
        }
    }

    @Test
    void doesNotChargeABodyThatIsRefusedUnread() throws IOException {
        Response tooLarge = server.call("POST", SESSIONS, asWriter() + "Content-Length: 9000000\r\n", "");

        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(post(BURST).status()).isEqualTo(201);
    }

    @Test
    void chargesAStreamForNoSessionBeforeItHasOne() {
        Throttle throttle = new Throttle(new Quotas(0, 1, 0, Duration.ofMillis(1)), new SimpleMeterRegistry());
        AccessToken caller = TestTokens.token(TestTokens.text(), Role.WRITER, new Projects.All());

        throttle.admit(caller, ApiResource.SESSIONS, Method.POST, true, OptionalLong.empty());

        assertThat(throttle.take(caller, 1)).isZero();
        assertThat(throttle.take(caller, 1)).isPositive();
    }

    private static Response untilRefused(RunningServer server, String method) throws IOException {
        Response answer = server.call(method, SESSIONS, asWriter(), "");
        for (int i = 0; i < 1_000 && answer.status() < 300; i++) {
            answer = server.call(method, SESSIONS, asWriter(), "");
        }
        return answer;
    }

    private Response post(int length) throws IOException {
        return server.call("POST", SESSIONS, asWriter() + "Content-Length: " + length + "\r\n", " ".repeat(length));
    }

    private Response postChunked(int length) throws IOException {
        String chunks = Integer.toHexString(length) + "\r\n" + " ".repeat(length) + "\r\n0\r\n\r\n";
        return server.call("POST", SESSIONS, asWriter() + "Transfer-Encoding: chunked\r\n", chunks);
    }
}
