package dev.sluice.http.api;

import java.time.Duration;

/**
 * Delays the answer that there is nothing under an id to the next whole step since the search began, so that response times do not show
 * whether another project has something there, or how large it is. A waiting virtual thread costs no CPU.
 */
public final class EvenTime {

    /** Longer than a lookup takes, on a busy machine too. */
    public static final Duration STEP = Duration.ofMillis(100);

    private final long begin = System.nanoTime();

    private EvenTime() {}

    /** From now on. */
    public static EvenTime begin() {
        return new EvenTime();
    }

    /** Returns at the end of the step. */
    public void awaitStep() {
        long step = STEP.toNanos();
        try {
            Thread.sleep(Duration.ofNanos(step - (System.nanoTime() - begin) % step));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
