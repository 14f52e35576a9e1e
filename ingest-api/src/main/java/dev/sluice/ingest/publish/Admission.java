package dev.sluice.ingest.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Lets no more publications wait for Kafka than it can be expected to acknowledge within about a second, going by how many it has
 * acknowledged lately. Whoever comes on top of these would only make everybody wait longer, in the end until nobody is in time.
 */
final class Admission {

    /** So many may always wait: a burst on an idle service says nothing about what Kafka can do. */
    static final int ALWAYS = 1_024;

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Window> window;

    Admission(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.window = new AtomicReference<>(new Window(nanoTime.getAsLong(), 0));
    }

    /** What is acknowledged from {@code start} on for a second, and how many were in the second before. */
    private record Window(long start, int before, AtomicInteger acknowledged) {

        Window(long start, int before) {
            this(start, before, new AtomicInteger());
        }

        int lately() {
            return Math.max(before, acknowledged.get());
        }
    }

    /** Whether one more may wait; if so it has to be ended. */
    boolean begin() {
        if (waiting.incrementAndGet() <= ALWAYS || waiting.get() <= current().lately()) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    /** One less is waiting. */
    void end(boolean acknowledged) {
        waiting.decrementAndGet();
        if (acknowledged) {
            current().acknowledged().incrementAndGet();
        }
    }

    private Window current() {
        long now = nanoTime.getAsLong();
        Window current = window.get();
        long age = now - current.start();
        if (age < WINDOW_NANOS) {
            return current;
        }
        // A second without any acknowledgement counts as one.
        Window next =
                new Window(now, age < 2 * WINDOW_NANOS ? current.acknowledged().get() : 0);
        return window.compareAndSet(current, next) ? next : window.get();
    }
}
