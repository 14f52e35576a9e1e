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

    /** Who submitted: id, email, first_name, last_name; or null. */
    public static final String UPDATER = "updater";

    /** When what became of it was decided. */
    public static final String PROCESSED = "processed";

    /** Of which submission a duplicate is one, 64 bits. */
    public static final String OF = "of";

    /** A session's notes, or the one note that was submitted alone; each names its {@link #TASK}. */
    public static final String NOTES = "notes";

    /** In a note: its task, without the project. */
    public static final String TASK = "task";

    /** A session's reference. */
    public static final String ANALYSIS_REF = "analysis_ref";

    /** A session's or a lone note's analysis type. */
    public static final String ANALYSIS_TYPE = "analysis_type";

    /** The session that a lone note names, 64 bits; missing if it names none. */
    public static final String ANALYSIS_SESSION = "analysis_session";

    /** What a session carries beside its notes; missing if that is nothing. */
    public static final String EXTRA = "extra";

    /** What is wrong with a rejected submission, in the contract's shape. */
    public static final String ERRORS = "errors";

    /** Why a dead letter is one. */
    public static final String REASON = "reason";

    /** A dead letter's place in the log. */
    public static final String PARTITION = "partition";

    /** A dead letter's place in the log. */
    public static final String OFFSET = "offset";

    private SubmissionFields() {}
}
