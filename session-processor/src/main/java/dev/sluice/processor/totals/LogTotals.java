package dev.sluice.processor.totals;

import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;

/**
 * The outcomes of the records of some partitions.
 *
 * @param accepted the number of records, according to the log's ends
 * @param outcomes the tally in the store
 * @param inFlight the number of records that the store has not reached
 * @param held those in flight that consumers cannot read before a transaction ends
 */
record LogTotals(long accepted, Tally outcomes, long inFlight, long held) {

    static final LogTotals NONE = new LogTotals(0, Tally.NONE, 0, 0);

    /**
     * The totals of one partition.
     *
     * @param consumable the position after the last record that consumers can read
     * @param end the position after the last record, not before {@code consumable}
     */
    static LogTotals of(PartitionProgress progress, long consumable, long end) {
        Tally tally = progress.tally();
        return new LogTotals(
                end - progress.began() - tally.empty(), tally, Math.max(0, end - progress.next()), end - consumable);
    }

    LogTotals plus(LogTotals other) {
        return new LogTotals(
                accepted + other.accepted, outcomes.plus(other.outcomes), inFlight + other.inFlight, held + other.held);
    }

    /** The number of records that are not stored, duplicate, rejected, dead-lettered or in flight; anything but 0 is an error. */
    long unaccounted() {
        return accepted - outcomes.records() - inFlight;
    }
}
