package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.api.Answer;
import dev.sluice.test.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that wait for nothing, however many come one after another, leave the processors to one that waits for a platform thread, such as that of Kafka's producer. */
class FloodsTest {

    private static final HttpConfig ROOMY =
            HttpConfigs.with("SLUICE_MAX_BODY", "4194304", "SLUICE_BODY_BUDGET", "536870912");
    private static final String LARGE = "x".repeat(4 * 1024 * 1024);
    private static final String SMALL = "{}";

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean isEnough;

    @Test
    void ofLargeBodiesKeepNobodyElseWaiting() throws Exception {
        String request = head("POST", SESSIONS, asWriter() + "Content-Length: " + LARGE.length() + "\r\n") + LARGE;

        keepNobodyElseWaiting(8, 1_000, request, 201);
    }

    @Test
    void ofRefusedRequestsKeepNobodyElseWaiting() throws Exception {
        keepNobodyElseWaiting(64, 30_000, head("GET", SESSIONS, ""), 401);
    }

    @Test
    void ofReadinessChecksKeepNobodyElseWaiting() throws Exception {
        keepNobodyElseWaiting(64, 30_000, head("GET", "/observe/health/ready", ""), 200);
    }

    /** {@code most}: how many of the flood must not all be answered before one other request is. */
    private void keepNobodyElseWaiting(int clients, int most, String request, int status) throws Exception {
        try (ExecutorService kafka = Executors.newSingleThreadExecutor();
                ExecutorService threads = Executors.newFixedThreadPool(clients);
                RunningServer server = new RunningServer(ROOMY, asked -> {
                    if (asked.body().length == SMALL.length()) {
                        CompletableFuture.runAsync(() -> {}, kafka).join();
                    }
                    return Answer.json(201, new byte[0]);
                })) {
            byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
            List<Future<?>> floods = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                floods.add(threads.submit(() -> flood(server, bytes, status)));
            }
            await().until(() -> answered.get() > 2 * clients);

            String headers = asAdministrator() + "Content-Length: " + SMALL.length() + "\r\n";
            int before = answered.get();
            left.set(most);
            assertThat(server.call("POST", SESSIONS, headers, SMALL).status()).isEqualTo(201);
            int answeredMeanwhile = answered.get() - before;
            isEnough = true;

            assertThat(answeredMeanwhile).isLessThan(most);
            for (Future<?> flood : floods) {
                flood.get();
            }
        }
    }

    private int flood(RunningServer server, byte[] request, int status) throws IOException {
        try (RawClient client = server.client()) {
            while (!isEnough && left.getAndDecrement() > 0) {
                assertThat(client.send(request).receive().status()).isEqualTo(status);
                answered.incrementAndGet();
            }
        }
        return answered.get();
    }
}
