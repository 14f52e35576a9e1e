package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;

/** Our own code failed on a record, which is a bug of ours, not a fault of the record. Later records wait until the bug is fixed. */
public final class UnprocessableRecordException extends RuntimeException {

    private final String place;

    UnprocessableRecordException(SubmissionId id, RuntimeException cause) {
        super("the record at " + placeOf(id) + " cannot be processed", cause);
        this.place = "the record at " + placeOf(id);
    }

    private static String placeOf(SubmissionId id) {
        return "partition " + id.partition() + ", position " + id.position();
    }

    /** Names the record. */
    public String place() {
        return place;
    }
}
