package dev.sluice.processor.store;

/** Names of the fields of a submission's document: those that the server adds, and those of the contract that it is looked up by. */
public final class SubmissionFields {

    /** The submission's id, 64 bits. */
    public static final String ID = "_id";

    /** See {@link SubmissionKind}. */
    public static final String KIND = "kind";

    /** The project's id, 64 bits; missing on a dead letter that names none. */
    public static final String PROJECT = "project";

    /** The record's LogAppendTime. */
    public static final String RECEIVED = "received";

    /** When its outcome was decided. */
    public static final String PROCESSED = "processed";

    /** Who submitted: id, email, first_name, last_name; or null. */
    public static final String UPDATER = "updater";

    /** The record's Idempotency-Key, if it had one. */
    public static final String KEY = "key";

    /** If it was put back on the log: the id of the submission that was there first, 64 bits. */
    public static final String RESUBMISSION_OF = "resubmission_of";

    /** A session's reference. */
    public static final String ANALYSIS_REF = "analysis_ref";

    /** The slug of a session's analysis type; of a lone note that of its session, or {@code manual}. */
    public static final String ANALYSIS_TYPE = "analysis_type";

    /** The id of a lone note's session as it was submitted, 64 bits; missing on a manual verification. */
    public static final String ANALYSIS_SESSION = "analysis_session";

    /** Notes in the order of the body; of a lone note it alone. */
    public static final String NOTES = "notes";

    /** In a note: its task, without the project. */
    public static final String TASK = "task";

    /** What a session carries beside its notes; missing if that is nothing. */
    public static final String EXTRA = "extra";

    /** Of a duplicate: the id of the session or note that it repeats, 64 bits. */
    public static final String OF = "of";

    /** What is wrong with a rejected submission, in the contract's shape. */
    public static final String ERRORS = "errors";

    /** Why a dead letter is one. */
    public static final String REASON = "reason";

    /** A dead letter's place in the log. */
    public static final String PARTITION = "partition";

    /** A dead letter's place in the log. */
    public static final String POSITION = "position";

    private SubmissionFields() {}
}
