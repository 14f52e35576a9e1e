package dev.sluice.ingest.feed;

import java.util.concurrent.locks.LockSupport;

/**
 * A time slice of a carrier thread. Virtual threads are not preempted, and there are only as many carriers as processors: a thread with seconds'
 * worth of lines at hand would hold up all other requests for as long. Not thread-safe.
 */
final class TimeSlice {

    private static final long LENGTH_NANOS = 1_000_000;

    private long began = System.nanoTime();

    /** Call at every step; now and then lets waiting threads run first. */
    void giveWay() {
        if (System.nanoTime() - began > LENGTH_NANOS) {
            // Not Thread.yield(), which queues the thread where its carrier takes the next one from, ahead of threads
            // queued elsewhere.
            LockSupport.parkNanos(1);
            began = System.nanoTime();
        }
    }
}
