package dev.sluice.contract.thread;

import java.util.concurrent.locks.LockSupport;

/**
 * The carriers of virtual threads, of which there are only as many as processors. Virtual threads are not preempted, and a carrier prefers those
 * that another virtual thread has made ready: while there are some, it does not look for those that a platform thread did, as Kafka's client does
 * with an acknowledgement. So a few requests with much to do, one after another, would keep all others waiting for as long as they come.
 */
public final class Carriers {

    /** How many bytes to read, check or write between two calls of {@link #giveWay}: half a millisecond's worth, so that small requests pay nothing. */
    public static final int SLICE_BYTES = 256 * 1024;

    private Carriers() {}

    /** Lets all threads run that are ready. On a platform thread it does nothing. */
    public static void giveWay() {
        if (Thread.currentThread().isVirtual()) {
            // Not Thread.yield(), which queues the thread where its carrier looks first. A timer ends this wait.
            LockSupport.parkNanos(1);
        }
    }
}
