package dev.sluice.http.server;

import dev.sluice.http.share.Shares;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;

/** Memory that all requests share, of which no caller gets more than its {@link Shares} allow. */
final class ByteBudget {

    private static final int UNIT = 1024;

    private final int mostOfOne;
    private final Shares units;

    /** {@code mostOfOne}: what one request may hold of {@code bytes}. */
    ByteBudget(long bytes, long mostOfOne) {
        this.mostOfOne = units(Math.min(bytes, mostOfOne));
        this.units = new Shares(units(bytes));
    }

    /** What a request of the caller holds: nothing yet. */
    Held of(String caller) {
        return new Held(caller);
    }

    /** Bytes that are taken now, rounded up to whole units. */
    long taken() {
        return (long) units.taken() * UNIT;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** What one request holds of it. For one thread at a time. */
    final class Held {
        private final String caller;
        private int held;

        private Held(String caller) {
            this.caller = caller;
        }

        /** The bytes that it holds, rounded up to whole units. */
        long bytes() {
            return (long) held * UNIT;
        }

        /** Takes so many within the time; more than one request may hold counts as all of that. Else it holds what it held. */
        Outcome growTo(long bytes, Duration within) {
            int more = Math.min(units(bytes), mostOfOne) - held;
            if (more <= 0) {
                return Outcome.TAKEN;
            }
            Outcome outcome = units.take(caller, held, more, within);
            held += outcome == Outcome.TAKEN ? more : 0;
            return outcome;
        }

        /** Gives back all but so many. */
        void shrinkTo(long bytes) {
            int less = held - units(bytes);
            if (less > 0) {
                held -= less;
                units.giveBack(caller, less);
            }
        }
    }
}
