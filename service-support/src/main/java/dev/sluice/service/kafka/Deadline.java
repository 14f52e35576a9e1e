package dev.sluice.service.kafka;

import java.time.Duration;

/** A point in time by which an answer must have come. */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
