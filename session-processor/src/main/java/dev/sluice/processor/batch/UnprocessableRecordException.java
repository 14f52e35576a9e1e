package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;

/** Our own code failed on a record, which is a bug of ours, not a fault of the record. Later records wait until the bug is fixed, or the record is set aside. */
public final class UnprocessableRecordException extends RuntimeException {

    private final SubmissionId id;

    UnprocessableRecordException(SubmissionId id, Throwable cause) {
        super(name(id) + " cannot be processed", cause);
        this.id = id;
    }

    private static String name(SubmissionId id) {
        return "the record at partition " + id.partition() + ", position " + id.position();
    }

    public SubmissionId id() {
        return id;
    }

    public String record() {
        return name(id);
    }

    /** How an administrator can have the others processed. */
    public String wayOut() {
        return "\"./sluice set-aside " + id.value() + " --reason TEXT\" goes on without it";
    }
}
