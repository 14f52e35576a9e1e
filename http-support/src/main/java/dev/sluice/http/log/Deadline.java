package dev.sluice.http.log;

import java.time.Duration;

/** A point in time by which something must be done. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time left; never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
