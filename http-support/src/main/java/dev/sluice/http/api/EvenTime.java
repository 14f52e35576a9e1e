package dev.sluice.http.api;

import java.time.Duration;

/**
 * Delays a "not found" response to the next whole step since the search began, so that response times do not reveal
 * whether another project has something under an id, or how large it is. A waiting virtual thread uses no CPU.
 */
public final class EvenTime {

    /** Longer than a lookup takes, even on a busy machine. */
    public static final Duration STEP = Duration.ofMillis(100);

    private final long begin = System.nanoTime();

    private EvenTime() {}

    public static EvenTime begin() {
        return new EvenTime();
    }

    public void awaitStep() {
        try {
            Thread.sleep(untilStep(System.nanoTime() - begin));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    static Duration untilStep(long sinceBegin) {
        long step = STEP.toNanos();
        return Duration.ofNanos(step - sinceBegin % step);
    }
}
