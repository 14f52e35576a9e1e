package dev.sluice.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with a time limit. */
public final class Patience {

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private Patience() {}

    /** Returns when the condition holds, or throws if it does not in time. */
    public static void await(String what, Duration within, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + " was not so within " + within.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
