package dev.sluice.processor.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The state of a processed submission, as the API and the counts name it. */
public enum SubmissionState {
    STORED("stored"),
    REJECTED("rejected"),
    DUPLICATE("duplicate");

    private final String slug;

    SubmissionState(String slug) {
        this.slug = slug;
    }

    public String slug() {
        return slug;
    }

    /** The kinds of documents that are in this state. */
    public List<SubmissionKind> kinds() {
        return Arrays.stream(SubmissionKind.values())
                .filter(kind -> kind.state() == this)
                .toList();
    }

    public static Optional<SubmissionState> ofSlug(String slug) {
        return Arrays.stream(values()).filter(state -> state.slug.equals(slug)).findFirst();
    }
}
