package dev.sluice.processor.consume;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.settings.Heap;

/**
 * What the processor may take of its machine.
 *
 * @param threads worker threads, besides the one that polls
 * @param heap the memory that it may reckon with
 */
public record Capacity(int threads, Heap heap) {

    public static final int MAX_THREADS = SubmissionId.MAX_PARTITIONS;

    /** Four threads, and all of the process's heap. */
    public static final Capacity DEFAULT = of(4);

    public Capacity {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + ": expected 1 to " + MAX_THREADS);
        }
    }

    /** What each of the two buffers of a thread may keep, in bytes: all of them together a sixteenth of the memory. */
    public long keptBytes() {
        return heap.share(32 * threads);
    }

    /** As many threads, which reckon with so much memory. */
    public Capacity withHeap(Heap heap) {
        return new Capacity(threads, heap);
    }

    /** So many threads, and all of the process's heap. */
    public static Capacity of(int threads) {
        return new Capacity(threads, Heap.ofProcess());
    }
}
