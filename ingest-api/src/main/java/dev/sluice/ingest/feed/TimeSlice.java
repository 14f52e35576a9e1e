package dev.sluice.ingest.feed;

import dev.sluice.contract.thread.Carriers;

/** A time slice on the {@link Carriers}, for a thread with seconds' worth of lines at hand. Not thread-safe. */
final class TimeSlice {

    private static final long LENGTH_NANOS = 1_000_000;

    private long began = System.nanoTime();

    /** Call at every step; now and then lets waiting threads run first. */
    void giveWay() {
        if (System.nanoTime() - began > LENGTH_NANOS) {
            Carriers.giveWay();
            began = System.nanoTime();
        }
    }
}
