package dev.sluice.processor.read.submission;

import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.util.Map;
import java.util.OptionalLong;
import org.bson.BsonDocument;
import org.bson.BsonValue;
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
        OptionalLong session = session(submission);
        if (session.isPresent()) {
            json.writeNumberProperty("session", session.getAsLong());
        } else {
            json.writeNullProperty("session");
        }
        json.writeName("errors");
        writeErrors(submission, json);
        StoredFields.writeTime("received", submission, SubmissionFields.RECEIVED, json);
        StoredFields.writeTime("processed", submission, SubmissionFields.PROCESSED, json);
        json.writeEndObject();
    }

    private OptionalLong session(BsonDocument submission) {
        if (StoredSubmissions.kind(submission) == SubmissionKind.SESSION) {
            return OptionalLong.of(StoredSubmissions.id(submission));
        }
        if (StoredSubmissions.kind(submission) == SubmissionKind.DUPLICATE) {
            long original = StoredSubmissions.original(submission);
            BsonDocument known = originals.get(original);
            return known != null && StoredSubmissions.kind(known) == SubmissionKind.SESSION
                    ? OptionalLong.of(original)
                    : OptionalLong.empty();
        }
        return OptionalLong.empty();
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
