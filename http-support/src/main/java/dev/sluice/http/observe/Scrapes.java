package dev.sluice.http.observe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders the metrics once for all clients that ask at the same time, because rendering takes milliseconds of CPU and
 * the port is open. Nobody gets a rendering that began before their request. After each rendering it rests nine times
 * as long as that took, at most 250 ms, so that it uses at most a tenth of one processor (as long as a rendering
 * takes less than 28 ms). Thread-safe.
 */
final class Scrapes {

    private static final int RESTS = 9;
    // A rendering that waits for the store takes long, but uses no processor.
    private static final Duration LONGEST_REST = Duration.ofMillis(250);

    private final ReentrantLock making = new ReentrantLock();
    private final Supplier<String> scrape;
    private byte @Nullable [] last;
    private long begun;
    private long ended;

    Scrapes(Supplier<String> scrape) {
        this.scrape = scrape;
    }

    byte[] text() {
        long asked = System.nanoTime();
        making.lock();
        try {
            byte[] text = last;
            if (text == null || begun - asked < 0) {
                if (text != null) {
                    Thread.sleep(rest());
                }
                long start = System.nanoTime();
                text = scrape.get().getBytes(StandardCharsets.UTF_8);
                ended = System.nanoTime();
                begun = start;
                last = text;
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to make metrics", e);
        } finally {
            making.unlock();
        }
    }

    /** What is left of the rest period. */
    private Duration rest() {
        return restAfter(Duration.ofNanos(ended - begun)).minusNanos(System.nanoTime() - ended);
    }

    static Duration restAfter(Duration rendering) {
        Duration rest = rendering.multipliedBy(RESTS);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }
}
