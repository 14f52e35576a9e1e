package dev.sluice.http.server;

import static dev.sluice.http.share.Shares.Outcome.ALL_TAKEN;
import static dev.sluice.http.share.Shares.Outcome.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {

    private static final int KIB = 1024;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ByteBudget budget = new ByteBudget(10 * KIB, 10 * KIB);
    private final ByteBudget waiting = new ByteBudget(6 * KIB, 6 * KIB);
    private final AnswerMemory memory = new AnswerMemory(budget, waiting, LONG);
    private final List<String> written = new ArrayList<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        requests.shutdownNow();
    }

    @Test
    void letsNoMoreWaitThanItHasMemoryFor() {
        Held bodies = budget.of("bodies");
        assertThat(bodies.growTo(10 * KIB, Duration.ZERO)).isEqualTo(TAKEN);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> write("a", 4 * KIB), requests);
        await().until(() -> waiting.taken() == 4 * KIB);

        CompletableFuture<Outcome> second = CompletableFuture.supplyAsync(() -> write("b", 4 * KIB), requests);

        assertThat(second).succeedsWithin(LONG.dividedBy(5)).isEqualTo(ALL_TAKEN);
        assertThat(first).isNotDone();
        bodies.shrinkTo(0);
        assertThat(first).succeedsWithin(LONG).isEqualTo(TAKEN);
        assertThat(written).containsExactly("a");
        assertThat(waiting.taken() + budget.taken()).isZero();
    }

    @Test
    void writesAtOnceWhatHasMemoryThoughNothingMoreMayWait() {
        assertThat(waiting.of("others").growTo(6 * KIB, Duration.ZERO)).isEqualTo(TAKEN);

        assertThat(write("a", 4 * KIB)).isEqualTo(TAKEN);

        assertThat(written).containsExactly("a");
        assertThat(budget.taken()).isZero();
    }

    private Outcome write(String caller, int length) {
        return memory.within(caller, length, () -> written.add(caller));
    }
}
