package dev.sluice.processor.store;

import dev.sluice.contract.id.SubmissionId;

/** The store has another record under a record's id: the log lost its end after that was stored, and has grown again. */
public final class AnotherRecordStoredException extends RuntimeException {

    /** What such a log means, and who has to do what; follows the fault in a sentence for people. */
    public static final String UNTIL_REBUILT =
            ": nothing more of it is processed before the projection is rebuilt (sluice rebuild) and the processor started again";

    private final SubmissionId id;

    public AnotherRecordStoredException(SubmissionId id) {
        this.id = id;
    }

    @Override
    public String getMessage() {
        return "partition " + id.partition() + " has another record under id " + id.value()
                + " than the store has, so it has lost its end" + UNTIL_REBUILT;
    }

    /** The lowest such id. */
    public SubmissionId id() {
        return id;
    }
}
