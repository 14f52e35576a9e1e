package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.api.Answer;
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

/** Large bodies, however many come one after another, leave the processors to other requests. */
class LargeBodiesTest {

    private static final HttpConfig ROOMY =
            HttpConfigs.with("SLUICE_MAX_BODY", "4194304", "SLUICE_BODY_BUDGET", "536870912");
    private static final String LARGE = "x".repeat(4 * 1024 * 1024);
    private static final String SMALL = "{}";
    private static final int CLIENTS = 8;
    private static final int MOST = 1_000;

    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean isEnough;

    @Test
    void keepNobodyElseWaiting() throws Exception {
        try (ExecutorService kafka = Executors.newSingleThreadExecutor();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
                RunningServer server = new RunningServer(ROOMY, request -> {
                    if (request.body().length == SMALL.length()) {
                        CompletableFuture.runAsync(() -> {}, kafka).join();
                    }
                    return Answer.json(201, new byte[0]);
                })) {
            List<Future<?>> floods = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                floods.add(clients.submit(() -> flood(server)));
            }
            await().until(() -> answered.get() > 2 * CLIENTS);

            String headers = asAdministrator() + "Content-Length: " + SMALL.length() + "\r\n";
            assertThat(server.call("POST", SESSIONS, headers, SMALL).status()).isEqualTo(201);
            int answeredMeanwhile = answered.get();
            isEnough = true;

            assertThat(answeredMeanwhile).isLessThan(MOST);
            for (Future<?> flood : floods) {
                flood.get();
            }
        }
    }

    private int flood(RunningServer server) throws IOException {
        byte[] request = (head("POST", SESSIONS, asWriter() + "Content-Length: " + LARGE.length() + "\r\n") + LARGE)
                .getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = server.client()) {
            while (!isEnough && answered.get() < MOST) {
                assertThat(client.send(request).receive().status()).isEqualTo(201);
                answered.incrementAndGet();
            }
        }
        return answered.get();
    }
}
