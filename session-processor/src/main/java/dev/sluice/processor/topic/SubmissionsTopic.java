package dev.sluice.processor.topic;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import java.util.OptionalInt;

/** The submissions topic: its name, what its records' ids are and, once that is known, how many partitions it has. */
public final class SubmissionsTopic {

    private final String name;
    private final IdBase ids;
    private volatile int partitions;

    public SubmissionsTopic(String name, IdBase ids) {
        this.name = name;
        this.ids = ids;
    }

    public String name() {
        return name;
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
