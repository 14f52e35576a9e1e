package dev.sluice.processor.read.submission;

import dev.sluice.processor.store.SubmissionKind;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A submission found by its id; {@link StoredSubmissions#answer} answers with either form. */
public sealed interface FoundSubmission {

    /** All its fields except the notes. */
    record Full(RawBsonDocument document) implements FoundSubmission {}

    /** Only its id, project, kind and original, because it is large or was looked up alone. */
    record Reduced(BsonDocument document) implements FoundSubmission {}

    /** Its document, with at least the fields of {@link Reduced}. */
    BsonDocument document();

    default long id() {
        return StoredSubmissions.id(document());
    }

    default SubmissionKind kind() {
        return StoredSubmissions.kind(document());
    }

    /** If it is a duplicate: the id of its original. */
    default long original() {
        return StoredSubmissions.original(document());
    }
}
