package dev.sluice.http.server;

import dev.sluice.http.share.Shares;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;

/** Memory that all requests share, of which no caller gets more than its {@link Shares} allow. */
final class ByteBudget {

    private static final int UNIT = 1024;

    private final int mostOfOne;
    private final Shares units;

    /** {@code mostOfOne}: how much of {@code bytes} one request may hold. */
    ByteBudget(long bytes, long mostOfOne) {
        this.mostOfOne = units(Math.min(bytes, mostOfOne));
        this.units = new Shares(units(bytes));
    }

    Held of(String caller) {
        return new Held(caller);
    }

    /** Bytes currently taken, rounded up to whole units. */
    long taken() {
        return (long) units.taken() * UNIT;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** The part of the budget that one request holds. Not thread-safe. */
    final class Held {
        private final String caller;
        private int held;

        private Held(String caller) {
            this.caller = caller;
        }

        long bytes() {
            return (long) held * UNIT;
        }

        /**
         * Grows to {@code bytes}, waiting at most {@code within}; more than one request may hold is reduced to that
         * maximum. If the memory is not available, the holding is unchanged.
         */
        Outcome growTo(long bytes, Duration within) {
            int more = Math.min(units(bytes), mostOfOne) - held;
            if (more <= 0) {
                return Outcome.TAKEN;
            }
            Outcome outcome = units.take(caller, held, more, within);
            held += outcome == Outcome.TAKEN ? more : 0;
            return outcome;
        }

        void shrinkTo(long bytes) {
            int less = held - units(bytes);
            if (less > 0) {
                held -= less;
                units.giveBack(caller, less);
            }
        }
    }
}
