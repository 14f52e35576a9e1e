package dev.sluice.standalone.start;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.observe.ReadinessCheck.State.Change;
import dev.sluice.standalone.command.CommandFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until the services are ready. Work that takes long does not count towards the limit. */
final class ReadinessWait {

    // Shorter waits are not reported.
    private static final Duration TOLD_AFTER = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Duration within;
    private final Supplier<Optional<String>> refusal;
    private final Consumer<String> tell;
    private final long begun = System.nanoTime();
    private long limitedSince = begun;

    /**
     * Begins the time limit.
     *
     * @param within the limit for all checks together
     * @param refusal why waiting does not help; empty if it may
     * @param tell receives what is waited for, if that takes long
     */
    ReadinessWait(Duration within, Supplier<Optional<String>> refusal, Consumer<String> tell) {
        this.within = within;
        this.refusal = refusal;
        this.tell = tell;
    }

    /** @throws CommandFailure if it is not ready within the limit, or never will be */
    void await(ReadinessCheck check) throws InterruptedException {
        // Do not wait for what needs a person, who may need the server running to fix it.
        await(check, state -> state.ready() || state.change() == Change.BY_SOMEBODY);
    }

    /** Like {@link #await(ReadinessCheck)}, but returns already when only work is left that may take long. */
    void awaitWork(ReadinessCheck check) throws InterruptedException {
        await(check, state -> state.ready() || state.change() == Change.EVENTUALLY);
    }

    private void await(ReadinessCheck check, Predicate<ReadinessCheck.State> isOver) throws InterruptedException {
        boolean isTold = false;
        ReadinessCheck.State state = check.state().get();
        while (!isOver.test(state)) {
            Optional<String> refused = refusal.get();
            if (refused.isPresent()) {
                throw new CommandFailure(refused.get());
            }
            long now = System.nanoTime();
            if (state.change() == Change.EVENTUALLY) {
                limitedSince = now;
            }
            if (now - limitedSince > within.toNanos()) {
                throw new CommandFailure(
                        "not ready within " + within.toSeconds() + " s: " + check.name() + ": " + state.detail());
            }
            if (!isTold && now - begun > TOLD_AFTER.toNanos()) {
                isTold = true;
                tell.accept("waiting for " + check.name() + ": " + state.detail());
            }
            Thread.sleep(LOOK_EVERY);
            state = check.state().get();
        }
    }
}
