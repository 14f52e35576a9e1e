package dev.sluice.processor.store;

import dev.sluice.contract.id.SubmissionId;

/** The store has another record under a record's id: the log lost its end after that was stored, and has grown again. */
public final class AnotherRecordStoredException extends RuntimeException {

    private final SubmissionId id;

    public AnotherRecordStoredException(SubmissionId id) {
        super("partition " + id.partition() + " has another record at position " + id.position()
                + " than the store has, so it has lost its end");
        this.id = id;
    }

    /** The lowest such id. */
    public SubmissionId id() {
        return id;
    }
}
