package dev.sluice.http.share;

import static dev.sluice.http.share.Shares.Outcome.ALL_TAKEN;
import static dev.sluice.http.share.Shares.Outcome.OWN_TAKEN;
import static dev.sluice.http.share.Shares.Outcome.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void givesOneCallerHalfAndEachFurtherOneHalfOfTheRest() {
        Shares shares = new Shares(1024);

        assertThat(takenByOneAndOne(shares, "a")).isEqualTo(512);
        assertThat(takenByOneAndOne(shares, "b")).isEqualTo(256);
        assertThat(takenByOneAndOne(shares, "c")).isEqualTo(128);
        assertThat(shares.taken()).isEqualTo(896);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void letsWhoHoldsNothingInAfterWhateverHappenedAsLongAsAnythingIsFree(int all) {
        Random random = new Random(all);
        Shares shares = new Shares(all);
        Map<String, Integer> held = new HashMap<>();
        for (int step = 0; step < 5_000; step++) {
            String caller = "caller " + random.nextInt(8);
            int own = held.getOrDefault(caller, 0);
            int units = 1 + random.nextInt(1 + all / 4);
            if (random.nextBoolean() && own >= units) {
                shares.giveBack(caller, units);
                held.put(caller, own - units);
            } else if (take(shares, caller, units) == TAKEN) {
                held.put(caller, own + units);
            }
            int free = all - held.values().stream().mapToInt(Integer::intValue).sum();

            assertThat(shares.taken()).isEqualTo(all - free);
            if (free > 0) {
                assertThat(take(shares, "new", free)).isEqualTo(TAKEN);
                shares.giveBack("new", free);
            } else {
                assertThat(take(shares, "new", 1)).isEqualTo(ALL_TAKEN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void isLeftAHalfOfWhatWasThereByEachOfTheGreedy(int greedy) {
        Random random = new Random(greedy);
        Shares shares = new Shares(1024);
        for (int step = 0; step < 20_000; step++) {
            take(shares, "greedy " + random.nextInt(greedy), 1);
        }

        assertThat(1024 - shares.taken()).isGreaterThanOrEqualTo(1024 >> greedy);
        assertThat(take(shares, "greedy 0", 1)).isEqualTo(OWN_TAKEN);
    }

    @Test
    void letsACallersOnlyRequestHaveAllThatIsFree() {
        Shares shares = new Shares(10);
        take(shares, "a", 6);

        assertThat(shares.take("a", 6, 4, Duration.ZERO)).isEqualTo(TAKEN);
        assertThat(shares.taken()).isEqualTo(10);
    }

    @Test
    void tellsWhoHasItsShareFromWhoComesToNothing() {
        Shares shares = new Shares(4);
        take(shares, "a", 2);

        assertThat(take(shares, "a", 2)).isEqualTo(OWN_TAKEN);
        assertThat(take(shares, "b", 3)).isEqualTo(ALL_TAKEN);
        assertThat(shares.take("b", 3, Duration.ofMillis(1))).isEqualTo(ALL_TAKEN);
        assertThat(shares.taken()).isEqualTo(2);
    }

    @Test
    void remembersNobodyWhoHoldsNothing() {
        Shares shares = new Shares(4);
        take(shares, "a", 2);
        take(shares, "b", 3);
        assertThat(shares.callers()).isEqualTo(1);

        shares.giveBack("a", 2);

        assertThat(shares.callers()).isZero();
    }

    @Test
    void takesNoMoreBackThanWasGiven() {
        Shares shares = new Shares(4);
        take(shares, "a", 1);

        assertThatThrownBy(() -> shares.giveBack("a", 2)).isInstanceOf(IllegalStateException.class);
        shares.giveBack("b", 0);
        assertThatThrownBy(() -> shares.giveBack("b", 1)).isInstanceOf(IllegalStateException.class);
        assertThat(shares.taken()).isEqualTo(1);
    }

    @Test
    void givesWhatIsBehindARequestThatIsGivenUpAndNothingToThatOne() throws Exception {
        Shares shares = new Shares(4);
        take(shares, "a", 2);
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        Thread large = waiting(() -> outcomes.add(shares.take("b", 3, LONG)));
        Thread small = waiting(() -> outcomes.add(shares.take("b", 1, LONG)));
        assertThat(take(shares, "b", 1)).isEqualTo(OWN_TAKEN);

        large.interrupt();
        large.join();
        small.join();
        shares.giveBack("a", 2);

        assertThat(outcomes).containsExactlyInAnyOrder(ALL_TAKEN, TAKEN);
        assertThat(shares.taken()).isEqualTo(1);
    }

    @Test
    void givesInTurnsToThoseWhoWait() throws Exception {
        Shares shares = new Shares(1);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        take(shares, "a", 1);
        List<Thread> threads = new ArrayList<>();
        for (String caller : List.of("a", "a", "a", "b")) {
            threads.add(waiting(() -> {
                if (shares.take(caller, 1, LONG) == TAKEN) {
                    served.add(caller);
                    shares.giveBack(caller, 1);
                }
            }));
        }

        shares.giveBack("a", 1);

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(served).containsExactly("a", "b", "a", "a");
        assertThat(shares.taken()).isZero();
    }

    @Test
    void keepsNobodyWaitingForThoseWhoHaveTheirShare() throws Exception {
        Shares shares = new Shares(8);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            takenByOneAndOne(shares, "a");
            CountDownLatch begun = new CountDownLatch(50);
            List<Future<Outcome>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(threads.submit(() -> {
                    begun.countDown();
                    Outcome outcome = shares.take("a", 1, LONG);
                    shares.giveBack("a", outcome == TAKEN ? 1 : 0);
                    return outcome;
                }));
            }
            begun.await();

            assertThat(take(shares, "b", 3)).isEqualTo(TAKEN);

            shares.giveBack("b", 3);
            shares.giveBack("a", 1);
            for (Future<Outcome> one : waiting) {
                assertThat(one.get()).isEqualTo(TAKEN);
            }
        }
    }

    private static Thread waiting(Runnable taking) {
        Thread thread = Thread.ofVirtual().start(taking);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static int takenByOneAndOne(Shares shares, String caller) {
        int taken = 0;
        while (take(shares, caller, 1) == TAKEN) {
            taken++;
        }
        return taken;
    }

    private static Outcome take(Shares shares, String caller, int more) {
        return shares.take(caller, more, Duration.ZERO);
    }
}
