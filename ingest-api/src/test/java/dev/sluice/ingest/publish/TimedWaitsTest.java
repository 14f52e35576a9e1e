package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimedWaitsTest {

    private final TimedWaits waits = new TimedWaits();

    @AfterEach
    void close() {
        waits.close();
    }

    @Test
    void givesWhatComesInTime() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> given = CompletableFuture.supplyAsync(() -> get(answer));

        answer.complete("here");

        assertThat(given.get(30, TimeUnit.SECONDS)).isEqualTo("here");
    }

    @Test
    void givesUpAtTheDeadlineAndLeavesNoInterruptBehind() {
        Future<String> never = new CompletableFuture<>();

        assertThatThrownBy(() -> waits.get(never, inMillis(1))).isInstanceOf(TimeoutException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesNoInterruptBehindIfTheAnswerComesAtTheDeadline() throws Exception {
        Future<String> late = new CompletableFuture<>() {
            @Override
            public String get() {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return "here";
            }
        };

        assertThat(waits.get(late, inMillis(1))).isEqualTo("here");

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void failsAsTheFutureDoes() {
        assertThatThrownBy(() ->
                        waits.get(CompletableFuture.failedFuture(new IllegalStateException("broken")), inMillis(1)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void tellsAnInterruptOfOthersFromItsOwn() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                waits.get(new CompletableFuture<>(), inMillis(60_000));
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                thrown.set(e);
            }
        });

        waiting.interrupt();

        await().untilAsserted(() -> assertThat(thrown.get()).isInstanceOf(InterruptedException.class));
    }

    private String get(Future<String> future) {
        try {
            return waits.get(future, inMillis(60_000));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long inMillis(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
