package dev.sluice.processor.read.submission;

import dev.sluice.processor.store.SubmissionKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/** The state of a processed submission, as the API names it. */
enum SubmissionState {
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

    String slug() {
        return slug;
    }

    /** The kinds of documents that are in this state. */
    List<SubmissionKind> kinds() {
        return kinds;
    }

    static Optional<SubmissionState> ofSlug(String slug) {
        return Arrays.stream(values()).filter(state -> state.slug.equals(slug)).findFirst();
    }

    /** The state of a document. */
    static SubmissionState of(BsonDocument submission) {
        return switch (StoredSubmissions.kind(submission)) {
            case SESSION, NOTE -> STORED;
            case REJECTED, DEAD_LETTER -> REJECTED;
            case DUPLICATE -> DUPLICATE;
        };
    }
}
