package dev.sluice.contract.submission;

import java.util.Locale;

/** What a note says of its task, from the one that gives way to every other to the one that prevails: a pass outranks a partial. */
public enum NoteStatus {
    NONE,
    PARTIAL,
    PASS,
    FAIL;

    private final String slug = name().toLowerCase(Locale.ROOT);

    /** The status's name in JSON. */
    public String slug() {
        return slug;
    }

    /** Of two that stand beside each other the one that prevails. */
    public NoteStatus or(NoteStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * The status of a slug.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static NoteStatus of(String slug) {
        for (NoteStatus status : values()) {
            if (status.slug.equals(slug)) {
                return status;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not a note's status");
    }
}
