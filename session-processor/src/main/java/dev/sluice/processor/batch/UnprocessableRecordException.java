package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;
import java.util.Objects;

/** Our own code failed on a record, which is a bug of ours, not a fault of the record. Later records wait until the bug is fixed, or the record is set aside. */
public final class UnprocessableRecordException extends RuntimeException {

    private final SubmissionId id;
    private final String wayOut;

    UnprocessableRecordException(SubmissionId id, Throwable cause) {
        this(id, cause, "trying again");
    }

    private UnprocessableRecordException(SubmissionId id, Throwable cause, String wayOut) {
        super(name(id) + " cannot be processed", cause);
        this.id = id;
        this.wayOut = wayOut;
    }

    private static String name(SubmissionId id) {
        return "the record at partition " + id.partition() + ", position " + id.position();
    }

    UnprocessableRecordException ofStored() {
        return withWayOut("it is stored, so only a version that can process it goes on");
    }

    UnprocessableRecordException thatCanBeSetAside() {
        return withWayOut("\"./sluice set-aside " + id.value() + " --reason TEXT\" goes on without it");
    }

    private UnprocessableRecordException withWayOut(String words) {
        return new UnprocessableRecordException(id, cause(), words);
    }

    private Throwable cause() {
        return Objects.requireNonNull(getCause());
    }

    public SubmissionId id() {
        return id;
    }

    /** The name of what our code threw. */
    String fault() {
        return cause().getClass().getSimpleName();
    }

    public String record() {
        return name(id);
    }

    /** How the others are processed. */
    public String wayOut() {
        return wayOut;
    }
}
