package dev.sluice.http.server;

import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;

/**
 * Memory for large answers while clients read them, and a limit for those that wait for it: they are in memory too.
 * Thread-safe.
 */
final class AnswerMemory {

    private final ByteBudget budget;
    private final ByteBudget waiting;
    private final Duration patience;

    /**
     * {@code waiting}: how much may wait, for at most {@code patience}; what is more than that gets memory at once or
     * none.
     */
    AnswerMemory(ByteBudget budget, ByteBudget waiting, Duration patience) {
        this.budget = budget;
        this.waiting = waiting;
        this.patience = patience;
    }

    /** Runs {@code write} if there is memory for the caller's answer, and otherwise says whose is used up. */
    Outcome within(String caller, int length, Runnable write) {
        Held held = budget.of(caller);
        Held queued = waiting.of(caller);
        boolean mayWait = queued.growTo(length, Duration.ZERO) == Outcome.TAKEN;
        Outcome outcome = held.growTo(length, mayWait ? patience : Duration.ZERO);
        queued.shrinkTo(0);
        if (outcome == Outcome.TAKEN) {
            try {
                write.run();
            } finally {
                held.shrinkTo(0);
            }
        }
        return outcome;
    }
}
