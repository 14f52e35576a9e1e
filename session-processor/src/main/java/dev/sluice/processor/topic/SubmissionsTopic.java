package dev.sluice.processor.topic;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import java.util.OptionalInt;

/** How many partitions the submissions topic has, once that is known, and so which one a project's submissions are in. */
public final class SubmissionsTopic {

    private final IdBase ids;
    private volatile int partitions;

    public SubmissionsTopic(IdBase ids) {
        this.ids = ids;
    }

    /** What its records' ids are. */
    public IdBase ids() {
        return ids;
    }

    /** The number of partitions; nothing before the topic was seen. */
    public OptionalInt partitions() {
        int known = partitions;
        return known == 0 ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** The partition that a project's records are in; nothing before the topic was seen. */
    public OptionalInt partitionOf(long project) {
        int known = partitions;
        return known == 0 ? OptionalInt.empty() : OptionalInt.of(ProjectKey.partition(project, known));
    }

    /** To be called when the topic was seen. */
    public void seenWith(int count) {
        partitions = count;
    }
}
