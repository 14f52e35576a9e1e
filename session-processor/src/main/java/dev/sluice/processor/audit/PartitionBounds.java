package dev.sluice.processor.audit;

import dev.sluice.processor.progress.PartitionProgress;
import org.jspecify.annotations.Nullable;

/**
 * What of a partition an audit is about, taken when it begins.
 *
 * @param begin the first position that the log still has
 * @param end the position after the last one
 * @param progress how far the store says it is; null if it says nothing
 */
record PartitionBounds(
        int partition, long begin, long end, @Nullable PartitionProgress progress) {

    /** Records below have their outcome, those from here on are in flight. */
    long next() {
        return progress == null ? begin : Math.max(begin, Math.min(progress.next(), end));
    }

    /** Whether the log still has everything that the store was filled from. */
    boolean isWhole() {
        return progress == null ? begin == 0 : progress.began() >= begin || begin == 0;
    }
}
