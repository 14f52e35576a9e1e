package dev.sluice.http.share;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;
import java.util.function.Supplier;

/** Places for so many of one thing at a time, of which no caller gets more than its {@link Shares} allow. Thread-safe. */
public final class SharedPlaces {

    private final Shares places;
    private final Duration patience;
    private final Problem ownTaken;
    private final Problem allTaken;

    /**
     * For so many at a time.
     *
     * @param patience how long is waited for a place; zero for not at all
     * @param things what they are for, in the plural, for those who are refused
     */
    public SharedPlaces(int all, Duration patience, String things) {
        this.places = new Shares(all);
        this.patience = patience;
        this.ownTaken = new Problem(
                429, "This token has reached its limit of " + things + " at a time. Try again when one has ended.");
        this.allTaken = Problem.unavailable("Too many " + things + " at the moment. Try again shortly.");
    }

    /**
     * Does something in a place of the caller's.
     *
     * @throws ProblemException 429 if the caller has its share of the places already, 503 if none is free
     */
    public <T> T within(String caller, Supplier<T> work) {
        Outcome outcome = places.take(caller, 0, 1, patience);
        switch (outcome) {
            case TAKEN -> {}
            case OWN_TAKEN -> throw new ProblemException(ownTaken, AnswerHeaders.RETRY_SOON);
            case ALL_TAKEN -> throw new ProblemException(allTaken, AnswerHeaders.RETRY_SOON);
        }
        try {
            return work.get();
        } finally {
            places.giveBack(caller, 1);
        }
    }

    /** How many are taken. */
    public int taken() {
        return places.taken();
    }
}
