package dev.sluice.processor.topic;

import java.util.OptionalInt;

/** How many partitions the submissions topic has, once that is known. */
public final class SubmissionsTopic {

    private volatile int partitions;

    /** The number of partitions; nothing before the topic was seen. */
    public OptionalInt partitions() {
        int known = partitions;
        return known == 0 ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** To be called when the topic was seen. */
    public void seenWith(int count) {
        partitions = count;
    }
}
