package dev.sluice.contract.submission;

/** The names of a note's fields, as submitted and as stored. */
public final class NoteFields {

    /** The task; stored without the project. */
    public static final String TASK = "task";

    public static final String ANALYSIS_SESSION = "analysis_session";

    public static final String BEHAVIOUR = "behaviour";

    public static final String CONFIDENCE = "confidence";

    public static final String FINDINGS = "findings";

    public static final String STATUS = "status";

    /** May be missing, or null. */
    public static final String FINDING_REF = "finding_ref";

    /** May be missing. */
    public static final String AUTOMATIC = "automatic";

    private NoteFields() {}
}
