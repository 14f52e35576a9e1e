package dev.sluice.http.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Memory that the bodies of all requests share. Whoever takes of it waits briefly for others to give back. */
final class ByteBudget {

    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int total;

    ByteBudget(long bytes) {
        this.total = units(bytes);
        // Fair, or a large body would wait for ever behind small ones.
        this.units = new Semaphore(total, true);
    }

    /** Whether {@code bytes} could be taken within the time. */
    boolean take(long bytes, Duration within) {
        int wanted = units(bytes);
        try {
            return units.tryAcquire(wanted, within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same; more than there is at all counts as all of it. */
    boolean takeAtMostAll(long bytes, Duration within) {
        return take(Math.min(bytes, (long) total * UNIT), within);
    }

    /** Gives back what was taken with {@link #takeAtMostAll}. */
    void giveBackAtMostAll(long bytes) {
        giveBack(Math.min(bytes, (long) total * UNIT), 0);
    }

    /** Gives back what was taken for {@code bytes}, all but what {@code kept} bytes take. */
    void giveBack(long bytes, long kept) {
        units.release(units(bytes) - units(kept));
    }

    /** Bytes that are taken now, rounded up to whole units. */
    long taken() {
        return (long) (total - units.availablePermits()) * UNIT;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }
}
