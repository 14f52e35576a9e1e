package dev.sluice.processor.audit;

import dev.sluice.processor.progress.PartitionProgress;
import org.jspecify.annotations.Nullable;

/**
 * The part of a partition that an audit covers, fixed when it begins.
 *
 * @param begin the first position that the log still has
 * @param end the position after the last one
 * @param progress the store's progress; null if it has none
 * @param hasFormerLog whether the store was also filled from a former log
 */
record PartitionBounds(
        int partition, long begin, long end, @Nullable PartitionProgress progress, boolean hasFormerLog) {

    /** The first position in flight; all records below it have their outcome. */
    long next() {
        return progress == null ? begin : Math.max(begin, Math.min(progress.next(), end));
    }

    /** Whether the log still has everything that the store was filled from. */
    boolean isWhole() {
        return !hasFormerLog && (begin == 0 || (progress != null && progress.began() >= begin));
    }
}
