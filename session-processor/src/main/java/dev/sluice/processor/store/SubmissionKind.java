package dev.sluice.processor.store;

/** What the one document of a record says became of it. */
public enum SubmissionKind {
    /** A session that keeps every rule, with its notes. */
    SESSION("session"),
    /** A note that was submitted alone, as a one-element array of notes. */
    NOTE("note"),
    /** It came with an Idempotency-Key that a submission of the same content has; the document names that one. */
    DUPLICATE("duplicate"),
    /** It breaks the rules; the document holds every error. */
    REJECTED("rejected"),
    /** It cannot be read as a submission; the record is on the dead letters' topic, the reason here. */
    DEAD_LETTER("dead-letter");

    private final String slug;

    SubmissionKind(String slug) {
        this.slug = slug;
    }

    /** The kind's name in documents. */
    public String slug() {
        return slug;
    }
}
