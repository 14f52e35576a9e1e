package dev.sluice.processor.read.request;

import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.settings.Heap;
import dev.sluice.http.share.SharedSlots;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps the memory of all reads within a quarter of the heap, by limiting how many large reads run at once. Thread-safe.
 */
public final class ReadMemory {

    // A reply of MongoDB, a page's documents, and their JSON.
    private static final long BYTES_PER_READ = 48L * 1024 * 1024;
    private static final int FEWEST = 4;
    private static final int MOST = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SharedSlots reads;

    private ReadMemory(int atOnce) {
        this.reads = new SharedSlots(atOnce, PATIENCE, "reads");
    }

    /** A quarter of the heap. */
    public static ReadMemory of(Heap heap) {
        return new ReadMemory(Math.clamp(heap.share(4) / BYTES_PER_READ, FEWEST, MOST));
    }

    /**
     * Runs a read when its turn comes. Anything that waits for more than the store should run outside.
     *
     * @throws dev.sluice.http.api.ProblemException 429 or 503 if its turn does not come in time
     */
    public <T> T within(ApiRequest request, Supplier<T> read) {
        return reads.within(request.caller().id(), read);
    }
}
