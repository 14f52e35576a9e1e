package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.observe.ReadinessCheck.State;
import dev.sluice.standalone.command.CommandFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessWaitTest {

    private static final State SOON = new State(false, "starting");
    private static final State WORKING = State.whileWorking("the indexes are being made");
    private static final State READY = new State(true, "well");

    private final Deque<State> states = new ArrayDeque<>();
    private final ReadinessCheck check = new ReadinessCheck("processor-startup", states::remove);

    @Test
    void waitsLongerThanItsLimitForWorkThatTakesLong() throws Exception {
        states.addAll(Collections.nCopies(100, WORKING));
        states.addAll(List.of(SOON, READY));

        waiting(Duration.ofSeconds(1)).await(check);

        assertThat(states).isEmpty();
    }

    @Test
    void failsWithWhatIsNotReadyWithinTheLimit() {
        states.addAll(Collections.nCopies(1000, SOON));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> waiting(Duration.ofMillis(50)).await(check))
                .withMessage("not ready within 0 s: processor-startup: starting");
    }

    @Test
    void doesNotWaitForWhatOnlySomebodyCanChange() throws Exception {
        State stopped = State.untilSomebodyActs("a partition is stopped");
        states.addAll(List.of(SOON, stopped, stopped));

        waiting(Duration.ofSeconds(20)).await(check);

        assertThat(states).containsExactly(stopped);
    }

    @Test
    void failsWithARefusalAtOnce() {
        states.addAll(List.of(SOON, READY));
        ReadinessWait refused =
                new ReadinessWait(Duration.ofSeconds(20), () -> Optional.of("it is another log"), _ -> {});

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> refused.await(check))
                .withMessage("it is another log");
    }

    @Test
    void doesNotWaitForWorkThatTakesLongWhenOnlyTheRestIsAwaited() throws Exception {
        states.addAll(List.of(SOON, WORKING, WORKING));

        waiting(Duration.ofSeconds(20)).awaitWork(check);

        assertThat(states).containsExactly(WORKING);
    }

    private static ReadinessWait waiting(Duration within) {
        return new ReadinessWait(within, Optional::empty, _ -> {});
    }
}
