package dev.sluice.ingest.publish;

import dev.sluice.http.share.Shares;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Limits the publications waiting for Kafka to what it can acknowledge within about a second, judging by its recent rate. Any more would only make
 * everyone wait longer, until nobody is answered in time. A caller gets no more of these slots than {@link Shares} allows.
 */
final class Admission {

    /** This many may always wait, and half of them for one caller alone: a burst on an idle service says nothing about Kafka's capacity. */
    static final int ALWAYS = 2_048;

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Shares slots = new Shares(() -> Math.max(ALWAYS, current().lately()));
    private volatile Window window;

    Admission(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.window = new Window(nanoTime.getAsLong(), 0);
    }

    /** Counts acknowledgements for a second from {@code start} on; {@code before} is the count of the second before. */
    private record Window(long start, int before, AtomicInteger acknowledged) {

        Window(long start, int before) {
            this(start, before, new AtomicInteger());
        }

        int lately() {
            return Math.max(before, acknowledged.get());
        }
    }

    /** Whether one more publication of the caller may wait; if so, call {@link #end} after it. */
    boolean begin(String caller) {
        return slots.take(caller, 1, Duration.ZERO) == Shares.Outcome.TAKEN;
    }

    void end(String caller, boolean acknowledged) {
        slots.giveBack(caller, 1);
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
        // No other thread has replaced it.
        if (window.start() == last.start()) {
            // A second without acknowledgements counts as one.
            boolean isNext = now - last.start() < 2 * WINDOW_NANOS;
            window = new Window(now, isNext ? last.acknowledged().get() : 0);
        }
        return window;
    }
}
