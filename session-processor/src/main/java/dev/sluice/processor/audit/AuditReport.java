package dev.sluice.processor.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit has found.
 *
 * @param partitions what became of each partition's records
 * @param compared what was compared with the log beside submissions
 * @param unchecked documents, tasks, counts and keys whose history the log does not have any more, so that nothing can be said of them
 * @param flaws how many things are wrong, by kind; empty if all holds
 * @param first the first of them
 */
public record AuditReport(
        List<PartitionSums> partitions,
        Compared compared,
        long unchecked,
        Map<Flaw.Kind, Long> flaws,
        List<Flaw> first) {

    /** How many of what are in the store. */
    public record Compared(long tasks, long counts, long keys) {}

    /** Whether everything in the store follows from the log, and everything that should be there is. */
    public boolean holds() {
        return flaws.isEmpty();
    }

    /** All partitions together; its positions say nothing. */
    public PartitionSums total() {
        return partitions.stream().reduce(PartitionSums.NONE, PartitionSums::plus);
    }
}
