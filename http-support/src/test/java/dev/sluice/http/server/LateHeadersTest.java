package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.Answer;
import dev.sluice.test.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The time for the headers is over while they are being read: many requests, because that moment is short. */
class LateHeadersTest {

    private static final int CLIENTS = 8;
    private static final int CLOSED = 20;
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final String REQUEST =
            head("POST", SESSIONS, asWriter() + "a: b\r\n".repeat(400) + "Content-Length: 2\r\n") + "{}";

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    @Test
    void closesTheConnectionRatherThanInterruptTheRequest() throws Exception {
        try (RunningServer server = new RunningServer(HttpConfig.defaults().withLimits(impatient()), _ -> {
            waitAsForKafka();
            return Answer.json(201, new byte[0]);
        })) {
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> sendTo(server), THREADS))
                            .limit(CLIENTS)
                            .toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(interrupted).hasValue(0);
    }

    private void waitAsForKafka() {
        try {
            assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException _) {
            interrupted.incrementAndGet();
        }
    }

    private void sendTo(RunningServer server) {
        while (closed.get() < CLOSED && interrupted.get() == 0) {
            try (RawClient client = server.client()) {
                while (closed.get() < CLOSED && interrupted.get() == 0) {
                    client.send(REQUEST).receive();
                }
            } catch (IOException _) {
                closed.incrementAndGet();
            }
        }
    }

    /** Whatever is being read is late whenever the server looks, ten times a second. */
    private static HttpLimits impatient() {
        HttpLimits limits = HttpLimits.defaults();
        return new HttpLimits(
                limits.maxBodyBytes(),
                limits.bodyTimeout(),
                limits.bodyBudgetBytes(),
                limits.maxConnections(),
                limits.maxRequests(),
                Duration.ofNanos(1),
                limits.idleTimeout(),
                limits.answerTimeout(),
                limits.drainTimeout());
    }
}
