package dev.sluice.processor.consume;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.service.settings.Heap;

/**
 * The threads and the memory that the processor may use.
 *
 * @param threads worker threads, besides the one that polls
 * @param heap the memory available to it
 */
public record Capacity(int threads, Heap heap) {

    public static final int MAX_THREADS = SubmissionId.MAX_PARTITIONS;

    public static final Capacity DEFAULT = of(4);

    public Capacity {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + ": expected 1 to " + MAX_THREADS);
        }
    }

    /** How many bytes each of a thread's two buffers may keep: all of them together take a sixteenth of the memory. */
    public long keptBytes() {
        return heap.share(32 * threads);
    }

    public Capacity withHeap(Heap heap) {
        return new Capacity(threads, heap);
    }

    public static Capacity of(int threads) {
        return new Capacity(threads, Heap.ofProcess());
    }
}
