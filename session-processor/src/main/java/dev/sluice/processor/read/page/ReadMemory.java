package dev.sluice.processor.read.page;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Keeps what reads hold in memory together within a quarter of the heap, by letting so many of those that may be large run at once. For
 * many threads.
 */
public final class ReadMemory {

    // What MongoDB sends at once, a page's documents, and their JSON.
    private static final long BYTES_PER_READ = 48L * 1024 * 1024;
    private static final int FEWEST = 4;
    private static final int MOST = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");

    private final Semaphore reads;

    private ReadMemory(int atOnce) {
        this.reads = new Semaphore(atOnce);
    }

    /** For this process's heap. */
    public static ReadMemory ofHeap() {
        return new ReadMemory(Math.clamp(Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_READ, FEWEST, MOST));
    }

    /**
     * Runs a read when its turn comes. What waits for anything but the store is better done outside.
     *
     * @throws ProblemException 503 if its turn does not come
     */
    public <T> T within(Supplier<T> read) {
        try {
            if (!reads.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        Problem.unavailable("Too many reads are going on at the moment. Try again shortly."),
                        RETRY_AFTER);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        try {
            return read.get();
        } finally {
            reads.release();
        }
    }
}
