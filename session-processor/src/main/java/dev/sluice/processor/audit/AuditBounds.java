package dev.sluice.processor.audit;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.log.LogRangeReader;
import dev.sluice.processor.progress.PartitionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of the log that an audit covers, fixed when it begins.
 *
 * @param partitions all of them, in order
 * @param ids the base of the log's ids
 */
record AuditBounds(List<PartitionBounds> partitions, IdBase ids) {

    AuditBounds {
        partitions = List.copyOf(partitions);
    }

    /** Reads progress before the log's ends: both move while submissions continue, and progress must not appear to be ahead. */
    static AuditBounds of(LogRangeReader log, ProgressAudit progress, IdBase ids) {
        Map<Integer, PartitionProgress> reached = progress.read(log.partitions(), ids);
        Map<Integer, Long> begins = log.begins();
        Map<Integer, Long> ends = log.ends();
        // Its projects may have been in other partitions, if it had more or fewer.
        boolean hasFormerLog = reached.values().stream().anyMatch(one -> one.began() < ids.firstPosition());
        List<PartitionBounds> all = new ArrayList<>();
        for (int partition = 0; partition < log.partitions(); partition++) {
            all.add(new PartitionBounds(
                    partition,
                    begins.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L),
                    reached.get(partition),
                    hasFormerLog));
        }
        return new AuditBounds(all, ids);
    }

    /** Whether the log has the partition of an id; a former log may have had others. */
    boolean hasPartitionOf(SubmissionId id) {
        return id.partition() < partitions.size();
    }

    PartitionBounds of(SubmissionId id) {
        return partitions.get(id.partition());
    }

    /** Whether a submission's document is compared with its record. */
    boolean includes(SubmissionId id) {
        return !isFromBefore(id) && hasPartitionOf(id) && id.position() < of(id).end();
    }

    /** Whether a submission is from before what the log still has, in whichever partition that was. */
    boolean isFromBefore(SubmissionId id) {
        return ids.isOfFormerLog(id) || (hasPartitionOf(id) && id.position() < of(id).begin());
    }
}
