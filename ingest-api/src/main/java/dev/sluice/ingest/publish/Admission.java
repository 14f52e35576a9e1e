package dev.sluice.ingest.publish;

import dev.sluice.http.share.Shares;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Lets no more publications wait for Kafka than it can be expected to acknowledge within about a second, going by how many it has
 * acknowledged lately. Whoever comes on top of these would only make everybody wait longer, in the end until nobody is in time. Of these
 * places no caller gets more than its {@link Shares} allow.
 */
final class Admission {

    /** So many may always wait, half of them of one caller alone: a burst on an idle service says nothing about what Kafka can do. */
    static final int ALWAYS = 2_048;

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Shares places = new Shares(() -> Math.max(ALWAYS, current().lately()));
    private volatile Window window;

    Admission(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.window = new Window(nanoTime.getAsLong(), 0);
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

    /** Whether one more of the caller's may wait; if so it has to be ended. */
    boolean begin(String caller) {
        return places.take(caller, 0, 1, Duration.ZERO) == Shares.Outcome.TAKEN;
    }

    /** One less is waiting. */
    void end(String caller, boolean acknowledged) {
        places.giveBack(caller, 1);
        if (acknowledged) {
            current().acknowledged().incrementAndGet();
        }
    }

    private Window current() {
        long now = nanoTime.getAsLong();
        Window current = window;
        return now - current.start() < WINDOW_NANOS ? current : following(current, now);
    }

    private synchronized Window following(Window last, long now) {
        // Nobody else was here first.
        if (window.start() == last.start()) {
            // A second without any acknowledgement counts as one.
            boolean isNext = now - last.start() < 2 * WINDOW_NANOS;
            window = new Window(now, isNext ? last.acknowledged().get() : 0);
        }
        return window;
    }
}
