package dev.sluice.processor.audit;

import dev.sluice.processor.progress.Tally;

/**
 * The outcomes of a partition's records, each counted once.
 *
 * @param begin the first position that the log still has
 * @param end the position after the last one, when the audit began
 * @param outcomes the tally of records that progress has passed and that are in the store; {@code empty} counts positions without a record
 * @param inFlight the number of records that progress has not passed
 * @param missing the number of records that progress has passed but that are not in the store
 */
public record PartitionSums(int partition, long begin, long end, Tally outcomes, long inFlight, long missing) {

    static final PartitionSums NONE = new PartitionSums(0, 0, 0, Tally.NONE, 0, 0);

    public long accepted() {
        return outcomes.records() + inFlight + missing;
    }

    PartitionSums plus(PartitionSums other) {
        return new PartitionSums(
                0, 0, 0, outcomes.plus(other.outcomes), inFlight + other.inFlight, missing + other.missing);
    }
}
