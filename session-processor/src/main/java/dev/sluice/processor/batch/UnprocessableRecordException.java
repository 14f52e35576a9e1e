package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;

/** Our own code failed on a record, which is a bug of ours, not a fault of the record. Later records wait until the bug is fixed. */
public final class UnprocessableRecordException extends RuntimeException {

    private final String record;

    UnprocessableRecordException(SubmissionId id, RuntimeException cause) {
        super(name(id) + " cannot be processed", cause);
        this.record = name(id);
    }

    private static String name(SubmissionId id) {
        return "the record at partition " + id.partition() + ", position " + id.position();
    }

    public String record() {
        return record;
    }
}
