package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;

/** Our own code has failed on a record: a fault of ours, not of the record. Nothing after it is processed until that is mended. */
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
