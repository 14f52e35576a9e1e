package dev.sluice.processor.store;

import dev.sluice.contract.id.SubmissionId;

/** The store knows of another record in a record's place: the log lost its end after that was stored or had claimed a key, and has grown again. */
public final class AnotherRecordStoredException extends RuntimeException {

    /** What such a log means, and who has to do what; follows the fault in a sentence for people. */
    public static final String UNTIL_REBUILT =
            ": nothing more of it is processed before the projection is rebuilt (sluice rebuild) and the processor started again";

    private final SubmissionId id;
    private final String fault;

    /** Another record than the one with the id is stored under it. */
    public AnotherRecordStoredException(SubmissionId id) {
        this(id, "partition " + id.partition() + " has another record under id " + id.value() + " than the store has");
    }

    /** The key of the record with the id was claimed for a submission that its partition does not have. */
    public AnotherRecordStoredException(SubmissionId id, long claiming) {
        this(
                id,
                "the key of submission " + id.value() + " was claimed for submission " + claiming + ", which partition "
                        + id.partition() + " no longer has");
    }

    private AnotherRecordStoredException(SubmissionId id, String fault) {
        this.id = id;
        this.fault = fault;
    }

    @Override
    public String getMessage() {
        return fault + ", so it has lost its end" + UNTIL_REBUILT;
    }

    /** The record that cannot be processed. */
    public SubmissionId id() {
        return id;
    }
}
