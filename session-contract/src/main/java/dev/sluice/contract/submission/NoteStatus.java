package dev.sluice.contract.submission;

import java.util.Locale;
import java.util.Optional;

/** A note's verdict on its task, in ascending precedence: a pass outranks a partial. */
public enum NoteStatus {
    NONE,
    PARTIAL,
    PASS,
    FAIL;

    private final String slug = name().toLowerCase(Locale.ROOT);

    public String slug() {
        return slug;
    }

    /** The one of the two statuses that takes precedence. */
    public NoteStatus or(NoteStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * Returns the status with the given slug.
     *
     * @throws IllegalArgumentException if no status has this slug
     */
    public static NoteStatus of(String slug) {
        return find(slug).orElseThrow(() -> new IllegalArgumentException("\"" + slug + "\" is not a note's status"));
    }

    public static Optional<NoteStatus> find(String slug) {
        for (NoteStatus status : values()) {
            if (status.slug.equals(slug)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
