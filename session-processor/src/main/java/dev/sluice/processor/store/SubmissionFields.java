package dev.sluice.processor.store;

/** Names of the fields that the server adds to a submission's document. The others are those of the contract. */
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
