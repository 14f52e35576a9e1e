package dev.sluice.processor.store;

/** What the one document of a record says became of it. */
public enum SubmissionKind {
    /** A session that keeps every rule, with its notes. */
    SESSION("session"),
    /** A note that was submitted alone and keeps every rule. */
    NOTE("note"),
    /** It is the same as an earlier submission, of which it has the id in {@code of}. */
    DUPLICATE("duplicate"),
    /** It breaks the rules; the document holds every error. */
    REJECTED("rejected"),
    /** It cannot be read as a submission; the record is on the dead letters' topic, the reason here. */
    DEAD_LETTER("dead-letter");

    private final String slug;

    SubmissionKind(String slug) {
        this.slug = slug;
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

    /** The kind's name in documents. */
    public String slug() {
        return slug;
    }
}
