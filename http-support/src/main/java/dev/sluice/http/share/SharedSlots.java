package dev.sluice.http.share;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A limited number of concurrent operations, of which no caller gets more than its {@link Shares} allow. Thread-safe.
 */
public final class SharedSlots {

    private final Shares slots;
    private final Duration patience;
    private final Problem ownTaken;
    private final Problem allTaken;

    /**
     * Allows {@code all} operations at a time; a caller waits for at most {@code patience}, and a refused one is told
     * that too many {@code things}, a plural, are running.
     */
    public SharedSlots(int all, Duration patience, String things) {
        this.slots = new Shares(all);
        this.patience = patience;
        this.ownTaken = new Problem(
                429, "This token has reached its limit of " + things + " at a time. Try again when one has ended.");
        this.allTaken = Problem.unavailable("Too many " + things + " at the moment. Try again shortly.");
    }

    /**
     * Runs {@code work} while holding a slot for the caller.
     *
     * @throws ProblemException 429 if the caller has its share of the slots already, 503 if none is free
     */
    public <T> T within(String caller, Supplier<T> work) {
        Outcome outcome = slots.take(caller, 1, patience);
        switch (outcome) {
            case TAKEN -> {}
            case OWN_TAKEN -> throw new ProblemException(ownTaken, AnswerHeaders.RETRY_SOON);
            case ALL_TAKEN -> throw new ProblemException(allTaken, AnswerHeaders.RETRY_SOON);
        }
        try {
            return work.get();
        } finally {
            slots.giveBack(caller, 1);
        }
    }

    public void run(String caller, Runnable work) {
        within(caller, () -> {
            work.run();
            return caller;
        });
    }

    public int taken() {
        return slots.taken();
    }
}
