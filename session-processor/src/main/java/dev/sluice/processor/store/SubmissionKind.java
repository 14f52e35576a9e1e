package dev.sluice.processor.store;

/** The outcome of a record, as its document states it. */
public enum SubmissionKind {
    SESSION("session", SubmissionState.STORED),
    /** A valid note that was submitted alone. */
    NOTE("note", SubmissionState.STORED),
    /** A duplicate of the submission whose id is in {@code of}. */
    DUPLICATE("duplicate", SubmissionState.DUPLICATE),
    /** A submission that breaks the rules; the document lists every error. */
    REJECTED("rejected", SubmissionState.REJECTED),
    /** A record that cannot be read as a submission. It is on the dead letters' topic; its document has the reason. */
    DEAD_LETTER("dead-letter", SubmissionState.REJECTED);

    private final String slug;
    private final SubmissionState state;

    SubmissionKind(String slug, SubmissionState state) {
        this.slug = slug;
        this.state = state;
    }

    /**
     * The kind of a slug.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SubmissionKind of(String slug) {
        for (SubmissionKind kind : values()) {
            if (kind.slug.equals(slug)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not a submission's kind");
    }

    public String slug() {
        return slug;
    }

    public SubmissionState state() {
        return state;
    }
}
