package dev.sluice.service.process;

import java.time.Duration;

/** How long to wait after each failure in a row: each time twice as long, up to a limit. Not thread-safe. */
public final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    public Duration next() {
        Duration wait = next;
        Duration twice = wait.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        return wait;
    }

    public void reset() {
        next = first;
    }
}
