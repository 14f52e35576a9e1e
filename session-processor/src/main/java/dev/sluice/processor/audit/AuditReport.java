package dev.sluice.processor.audit;

import java.util.List;
import java.util.Map;

/**
 * The result of an audit.
 *
 * @param partitions the outcomes of each partition's records
 * @param compared what was compared with the log besides submissions
 * @param unchecked the number of documents, tasks, counts and keys that cannot be checked because the log has lost their history
 * @param reworded the number of rejections and dead letters that say the reason in other words, as another version does
 * @param flaws the number of flaws by kind; empty if there are none
 * @param first the first flaws
 */
public record AuditReport(
        List<PartitionSums> partitions,
        Compared compared,
        long unchecked,
        long reworded,
        Map<Flaw.Kind, Long> flaws,
        List<Flaw> first) {

    public record Compared(long tasks, long counts, long keys) {}

    static AuditReport ofNothingCompared(Flaws flaws) {
        return new AuditReport(List.of(), new Compared(0, 0, 0), 0, 0, flaws.counts(), flaws.first());
    }

    /** Whether the store has exactly what follows from the log. */
    public boolean holds() {
        return flaws.isEmpty();
    }

    /** The sum of all partitions; its positions have no meaning. */
    public PartitionSums total() {
        return partitions.stream().reduce(PartitionSums.NONE, PartitionSums::plus);
    }
}
