package dev.sluice.processor.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The state of a processed submission, as the API and the counts name it. */
public enum SubmissionState {
    STORED("stored", SubmissionKind.SESSION, SubmissionKind.NOTE),
    REJECTED("rejected", SubmissionKind.REJECTED, SubmissionKind.DEAD_LETTER),
    DUPLICATE("duplicate", SubmissionKind.DUPLICATE);

    private final String slug;
    // Made by List.of and so immutable; the checker only accepts Guava's type.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<SubmissionKind> kinds;

    SubmissionState(String slug, SubmissionKind... kinds) {
        this.slug = slug;
        this.kinds = List.of(kinds);
    }

    /** Its name. */
    public String slug() {
        return slug;
    }

    /** The kinds of documents that are in this state. */
    public List<SubmissionKind> kinds() {
        return kinds;
    }

    /** The state with a name. */
    public static Optional<SubmissionState> ofSlug(String slug) {
        return Arrays.stream(values()).filter(state -> state.slug.equals(slug)).findFirst();
    }

    /** The state of documents of a kind. */
    public static SubmissionState of(SubmissionKind kind) {
        return switch (kind) {
            case SESSION, NOTE -> STORED;
            case REJECTED, DEAD_LETTER -> REJECTED;
            case DUPLICATE -> DUPLICATE;
        };
    }
}
