package dev.sluice.processor.log;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SourceLog;
import java.util.OptionalInt;

/** The submissions topic: its name, the base of its ids and, once known, its number of partitions. Thread-safe. */
public final class SubmissionsTopic {

    private final String name;
    private final IdBase ids;
    private volatile int partitions;

    public SubmissionsTopic(String name, IdBase ids) {
        this.name = name;
        this.ids = ids;
    }

    /** The topic of a log, which has the given name at present. */
    public static SubmissionsTopic of(String name, SourceLog log) {
        SubmissionsTopic topic = new SubmissionsTopic(name, log.ids());
        topic.seenWith(log.partitions());
        return topic;
    }

    public String name() {
        return name;
    }

    public IdBase ids() {
        return ids;
    }

    /** The number of partitions; empty until the topic has been seen and is the one that the store is filled from. */
    public OptionalInt partitions() {
        int known = partitions;
        return known == 0 ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** The partition of a project's records; empty like {@link #partitions}. */
    public OptionalInt partitionOf(long project) {
        int known = partitions;
        return known == 0 ? OptionalInt.empty() : OptionalInt.of(ProjectKey.partition(project, known));
    }

    public void seenWith(int count) {
        partitions = count;
    }

    /** Forgets what was seen: the topic of this name may be another now, by which no record and no id can be judged. */
    public void forget() {
        partitions = 0;
    }
}
