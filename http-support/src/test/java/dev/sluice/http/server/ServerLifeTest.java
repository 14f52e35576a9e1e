package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServerLifeTest {

    @Test
    void saysHowItIsWithoutAToken() throws IOException {
        try (RunningServer server = new RunningServer(HttpConfig.defaults())) {
            Response live = server.call("GET", "/observe/health/live", "", "");
            Response ready = server.call("GET", "/observe/health/ready", "", "");
            server.ready.set(false);
            Response notReady = server.call("GET", "/observe/health/ready", "", "");

            assertThat(live.status()).isEqualTo(200);
            assertThat(ready.status()).isEqualTo(200);
            assertThat(notReady.status()).isEqualTo(503);
            assertThat(notReady.body()).contains("{\"name\":\"test\",\"status\":\"DOWN\",\"detail\":\"as told\"}");
        }
    }

    @Test
    void countsRequestsByResourceMethodAndStatus() throws IOException {
        try (RunningServer server = new RunningServer(HttpConfig.defaults())) {
            server.call("GET", SESSIONS, asReader(), "");
            server.call("BREW", "/api/pot/", asReader(), "");

            // Counted after the response has been written, so a client may see the response a moment earlier.
            await().untilAsserted(() -> {
                Response metrics = server.call("GET", "/observe/metrics", "", "");
                assertThat(metrics.header("content-type")).startsWith("text/plain");
                assertThat(metrics.body())
                        .contains("requests_seconds_count{method=\"GET\",resource=\"sessions\",status=\"200\"} 1")
                        .contains("requests_seconds_count{method=\"OTHER\",resource=\"none\",status=\"404\"} 1")
                        .contains("jvm_memory_used_bytes");
            });
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (RunningServer first = new RunningServer(HttpConfig.defaults())) {
            HttpConfig samePort = HttpConfig.defaults().withPort(first.server.port());

            assertThatThrownBy(() -> new RunningServer(samePort))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + first.server.port() + ": ");
        }
    }

    @Test
    void saysThatThereIsNoHostOfItsName() {
        HttpConfig nowhere = new HttpConfig(
                "nowhere.invalid",
                0,
                null,
                false,
                HttpLimits.defaults(),
                HttpConfig.defaults().quotas(),
                Duration.ZERO,
                null);

        assertThatThrownBy(() -> new RunningServer(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot listen on nowhere.invalid:0: there is no host of this name");
    }

    @Test
    void letsRequestsInFlightFinishWhenItCloses() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RunningServer server = new RunningServer(HttpConfig.defaults(), request -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Answer.json(201, request.body());
        });
        try (RawClient client = server.client();
                RawClient idle = server.client()) {
            idle.send(head("GET", SESSIONS, asReader())).receive();
            client.send(head("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n") + "{}");
            started.await();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(closing).isNotDone();
            release.countDown();

            assertThat(client.receive().status()).isEqualTo(201);
            closing.get();
        }
    }

    @Test
    void servesUntilItsBalancerHasNoticedThatItStops() throws Exception {
        RunningServer server = new RunningServer(HttpConfigs.with("SLUICE_STOP_DELAY", "6s"));
        int port = server.server.port();
        try (RawClient kept = server.client()) {
            assertThat(kept.send(head("GET", SESSIONS, asReader())).receive().header("connection"))
                    .isNotEqualTo("close");

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            await().until(() ->
                    server.call("GET", "/observe/health/ready", "", "").status() == 503);
            Response onKept = kept.send(head("GET", SESSIONS, asReader())).receive();
            Response onNew = server.call("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n", "{}");

            assertThat(closing).isNotDone();
            assertThat(onKept.status()).isEqualTo(200);
            assertThat(onKept.header("connection")).isEqualTo("close");
            assertThat(kept.isClosedByServer()).isTrue();
            assertThat(onNew.status()).isEqualTo(201);
            closing.get();
            assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void answersAnUnexpectedFailureWithoutSayingWhatItWas() throws IOException {
        List<ApiHandler> failures = List.of(
                request -> {
                    throw new IllegalStateException("secret");
                },
                request -> {
                    throw new UnsatisfiedLinkError("secret");
                });
        for (ApiHandler failure : failures) {
            try (RunningServer server = new RunningServer(HttpConfig.defaults(), failure)) {
                Response response =
                        server.callUndescribed("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n", "{}");

                assertThat(response.status()).isEqualTo(500);
                assertThat(response.body())
                        .contains(
                                "\"A server error occurred. A submission may have been accepted: a retry with the same")
                        .doesNotContain("secret");
                assertThat(response.header("Retry-After")).isEqualTo("30");
            }
        }
    }

    @Test
    void namesItselfAsTheTrustedProxySays() throws IOException {
        String forwarded = "X-Forwarded-Proto: HTTPS, http\r\nX-Forwarded-Host: api.example.com, inner.test\r\n";
        HttpConfig trusting = HttpConfigs.with("SLUICE_TRUST_FORWARDED", "true");
        HttpConfig named =
                HttpConfigs.with("SLUICE_TRUST_FORWARDED", "true", "SLUICE_PUBLIC_URL", "https://sluice.example.com");
        try (RunningServer plain = new RunningServer(HttpConfig.defaults());
                RunningServer behindProxy = new RunningServer(trusting);
                RunningServer fixed = new RunningServer(named)) {
            assertThat(plain.call("GET", SESSIONS, asReader() + forwarded, "").body())
                    .isEqualTo("{\"base\":\"http://sluice.test\"}");
            assertThat(behindProxy
                            .call("GET", SESSIONS, asReader() + forwarded, "")
                            .body())
                    .isEqualTo("{\"base\":\"https://api.example.com\"}");
            assertThat(behindProxy
                            .call("GET", SESSIONS, asReader() + forwarded.replace("HTTPS", "http"), "")
                            .body())
                    .isEqualTo("{\"base\":\"http://api.example.com\"}");
            assertThat(behindProxy.call("GET", SESSIONS, asReader(), "").body())
                    .isEqualTo("{\"base\":\"http://sluice.test\"}");
            assertThat(fixed.call("GET", SESSIONS, asReader() + forwarded, "").body())
                    .isEqualTo("{\"base\":\"https://sluice.example.com\"}");
        }
    }
}
