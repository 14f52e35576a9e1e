package dev.sluice.http.observe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics as text, made once for all who ask at the same time: that takes milliseconds of a processor, and whoever reaches the port may
 * ask. Nobody gets what was begun before they asked. Between two there is a rest of nine times as long, or a quarter of a second, so that all
 * of it takes a tenth of a processor as long as one takes less than 28 ms.
 * For many threads.
 */
final class Scrapes {

    private static final int RESTS = 9;
    // One that waits for the store takes long, and no processor.
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

    /** What is left of it. */
    private Duration rest() {
        Duration whole = Duration.ofNanos(ended - begun).multipliedBy(RESTS);
        Duration rest = whole.compareTo(LONGEST_REST) < 0 ? whole : LONGEST_REST;
        return rest.minusNanos(System.nanoTime() - ended);
    }
}
