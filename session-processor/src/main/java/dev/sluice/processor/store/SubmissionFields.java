package dev.sluice.processor.store;

import dev.sluice.contract.submission.NoteFields;

/** Field names of a submission's document: fields that the server adds, and fields of the contract used in queries. */
public final class SubmissionFields {

    /** The submission's id, 64 bits. */
    public static final String ID = "_id";

    public static final String KIND = "kind";

    /** The project's id, 64 bits; missing on a dead letter that names none. */
    public static final String PROJECT = "project";

    /** The record's LogAppendTime. */
    public static final String RECEIVED = "received";

    public static final String PROCESSED = "processed";

    /** Who submitted: id, email, first_name, last_name; or null. */
    public static final String UPDATER = "updater";

    /** The record's Idempotency-Key, if it had one. */
    public static final String KEY = "key";

    /** If it was put back on the log: the id of the original submission, 64 bits. */
    public static final String RESUBMISSION_OF = "resubmission_of";

    public static final String ANALYSIS_REF = "analysis_ref";

    /** The slug of a session's analysis type; for a lone note, that of its session, or {@code manual}. */
    public static final String ANALYSIS_TYPE = "analysis_type";

    /** The id of a lone note's session as it was submitted, 64 bits; missing on a manual verification. */
    public static final String ANALYSIS_SESSION = NoteFields.ANALYSIS_SESSION;

    /** The notes in the order of the body, with {@link NoteFields}; for a lone note, a list of one. */
    public static final String NOTES = "notes";

    /** Additional fields of a session; missing if there are none. */
    public static final String EXTRA = "extra";

    /** The tasks whose overall status it changed: {@code T6 none fail}, or {@code T6 - fail} for its first note; missing if none. */
    public static final String VERIFICATIONS = "verifications";

    /** The number of tasks whose status it changed, if not all are listed, 32 bits. */
    public static final String VERIFICATIONS_TOTAL = "verifications_total";

    /** For a duplicate: the id of the original session or note, 64 bits. */
    public static final String OF = "of";

    /** The errors of a rejected submission, in the contract's shape. */
    public static final String ERRORS = "errors";

    public static final String REASON = "reason";

    /** A dead letter's place in the log. */
    public static final String PARTITION = "partition";

    /** A dead letter's place in the log. */
    public static final String POSITION = "position";

    private SubmissionFields() {}
}
