package dev.sluice.ingest.feed;

import java.util.concurrent.locks.LockSupport;

/**
 * A share of the processors. Virtual threads are not interrupted by one another, and there are only as many carriers as processors: whoever
 * has lines at hand for seconds would keep all other requests waiting for as long. Not thread-safe.
 */
final class TimeSlice {

    private static final long LENGTH_NANOS = 1_000_000;

    private long began = System.nanoTime();

    /** To be called at every step; now and then lets whoever waits go first. */
    void giveWay() {
        if (System.nanoTime() - began > LENGTH_NANOS) {
            // Not Thread.yield(): that queues it again where the carrier takes its next one from, before those that
            // wait elsewhere.
            LockSupport.parkNanos(1);
            began = System.nanoTime();
        }
    }
}
