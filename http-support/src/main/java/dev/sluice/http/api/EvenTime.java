package dev.sluice.http.api;

import java.time.Duration;

/**
 * When it may show that there is nothing under an id: only whole steps after it was begun to look. So nobody can tell by the time whether
 * there is something of another project's, and how large it is. Whoever waits is a virtual thread, which costs no processor.
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
