package dev.sluice.processor.sums;

import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;

/**
 * What became of the records of some partitions.
 *
 * @param accepted all of them, by the log's ends
 * @param outcomes by what the store has counted
 * @param inFlight those that the store has not reached
 * @param held those in flight that no consumer gets before a producer's transaction has ended
 */
record Sums(long accepted, Tally outcomes, long inFlight, long held) {

    static final Sums NONE = new Sums(0, Tally.NONE, 0, 0);

    /**
     * Of one partition.
     *
     * @param consumable the position after the last record that consumers get
     * @param end the position after its last record, no earlier than that
     */
    static Sums of(PartitionProgress progress, long consumable, long end) {
        Tally tally = progress.tally();
        return new Sums(
                end - progress.began() - tally.empty(), tally, Math.max(0, end - progress.next()), end - consumable);
    }

    Sums plus(Sums other) {
        return new Sums(
                accepted + other.accepted, outcomes.plus(other.outcomes), inFlight + other.inFlight, held + other.held);
    }

    /** Records that are none of stored, duplicate, rejected, dead-lettered and in flight: 0, or something is wrong. */
    long unaccounted() {
        return accepted - outcomes.records() - inFlight;
    }
}
