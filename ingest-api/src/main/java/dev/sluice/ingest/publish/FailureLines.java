package dev.sluice.ingest.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says why submissions were not acknowledged, at most once a second: when Kafka goes away, all that wait fail at once, among them every line that a feed
 * has sent. Thread-safe.
 */
final class FailureLines {

    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Consumer<String> told;
    private final AtomicLong lastTold;
    private final LongAdder untold = new LongAdder();

    FailureLines(LongSupplier nanoTime, Consumer<String> told) {
        this.nanoTime = nanoTime;
        this.told = told;
        this.lastTold = new AtomicLong(nanoTime.getAsLong() - EVERY);
    }

    void add(Throwable reason) {
        long now = nanoTime.getAsLong();
        long last = lastTold.get();
        if (now - last < EVERY || !lastTold.compareAndSet(last, now)) {
            untold.increment();
            return;
        }
        long others = untold.sumThenReset();
        told.accept("A submission was not acknowledged: " + reason
                + (others == 0 ? "" : "; nor were " + others + " others since the last such line"));
    }
}
