package dev.sluice.http.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Memory that all requests share, of which the requests of one caller together get a share at most. Whoever takes of it waits briefly for
 * others to give back.
 */
final class ByteBudget {

    private static final int UNIT = 1024;

    private final int total;
    private final int share;
    private final Semaphore units;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /** {@code share}: what one caller may hold of {@code bytes}. */
    ByteBudget(long bytes, long share) {
        this.total = units(bytes);
        this.share = Math.min(total, units(share));
        // Fair, or a large body would wait for ever behind small ones.
        this.units = new Semaphore(total, true);
    }

    /** What a request of the caller holds: nothing yet. */
    Held of(String caller) {
        return new Held(caller);
    }

    /** Bytes that are taken now, rounded up to whole units. */
    long taken() {
        return (long) (total - units.availablePermits()) * UNIT;
    }

    private Share join(String caller) {
        return shares.compute(caller, (_, known) -> (known == null ? new Share(share) : known).with(1));
    }

    private void leave(String caller) {
        shares.computeIfPresent(caller, (_, known) -> known.with(-1).holders == 0 ? null : known);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** What is left of a caller's share. It is forgotten with its last holder, which only the map's locks count. */
    private static final class Share {
        private final Semaphore units;
        private int holders;

        private Share(int units) {
            this.units = new Semaphore(units, true);
        }

        private Share with(int more) {
            holders += more;
            return this;
        }
    }

    /** What one request holds of it. For one thread at a time. */
    final class Held {
        private final String caller;
        private @Nullable Share own;
        private int held;

        private Held(String caller) {
            this.caller = caller;
        }

        /** The bytes that it holds, rounded up to whole units. */
        long bytes() {
            return (long) held * UNIT;
        }

        /** Whether so many could be had within the time; more than a caller's share counts as all of it. If not, it holds what it held. */
        boolean growTo(long bytes, Duration within) {
            int more = Math.min(units(bytes), share) - held;
            if (more <= 0) {
                return true;
            }
            Share from = own == null ? join(caller) : own;
            own = from;
            if (take(from.units, more, within)) {
                held += more;
                return true;
            }
            leaveIfNothingIsHeld();
            return false;
        }

        /** Gives back all but so many. */
        void shrinkTo(long bytes) {
            int less = held - units(bytes);
            if (own != null && less > 0) {
                held -= less;
                units.release(less);
                own.units.release(less);
                leaveIfNothingIsHeld();
            }
        }

        private void leaveIfNothingIsHeld() {
            if (held == 0) {
                own = null;
                leave(caller);
            }
        }

        // First of the caller's own: those of one caller wait for each other, not in everybody's way.
        private boolean take(Semaphore ofCaller, int more, Duration within) {
            long end = System.nanoTime() + within.toNanos();
            boolean taken = false;
            try {
                if (ofCaller.tryAcquire(more, within.toNanos(), TimeUnit.NANOSECONDS)) {
                    try {
                        taken = units.tryAcquire(more, end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    } finally {
                        ofCaller.release(taken ? 0 : more);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return taken;
        }
    }
}
