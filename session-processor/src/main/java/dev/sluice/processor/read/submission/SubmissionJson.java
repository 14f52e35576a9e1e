package dev.sluice.processor.read.submission;

import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Submissions as the API shows them.
 *
 * @param originals the originals of duplicates, by id
 */
record SubmissionJson(Map<Long, BsonDocument> originals) {

    void write(BsonDocument submission, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", StoredSubmissions.id(submission));
        json.writeStringProperty(
                "state", StoredSubmissions.kind(submission).state().slug());
        StoredFields.writeNumber("session", session(submission), json);
        json.writeName("errors");
        writeErrors(submission, json);
        StoredFields.writeTime("received", submission, SubmissionFields.RECEIVED, json);
        StoredFields.writeTime("processed", submission, SubmissionFields.PROCESSED, json);
        json.writeEndObject();
    }

    private @Nullable Long session(BsonDocument submission) {
        return switch (StoredSubmissions.kind(submission)) {
            case SESSION -> StoredSubmissions.id(submission);
            case DUPLICATE -> {
                long original = StoredSubmissions.original(submission);
                BsonDocument known = originals.get(original);
                yield known != null && StoredSubmissions.kind(known) == SubmissionKind.SESSION ? original : null;
            }
            case NOTE, REJECTED, DEAD_LETTER -> null;
        };
    }

    private static void writeErrors(BsonDocument submission, JsonGenerator json) {
        BsonValue reason = submission.get(SubmissionFields.REASON);
        if (submission.containsKey(SubmissionFields.ERRORS)) {
            BsonJson.write(submission.getDocument(SubmissionFields.ERRORS), json);
        } else if (reason != null) {
            json.writeStartObject();
            json.writeStringProperty("detail", reason.asString().getValue());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }
}
