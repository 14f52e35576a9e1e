package dev.sluice.processor.read.note;

import dev.sluice.contract.submission.NoteFields;
import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes notes as the API shows them: exactly the documented fields.
 *
 * @param sessions by id, the submissions that lone notes name as their sessions
 */
record NoteJson(Map<Long, BsonDocument> sessions) {

    void write(StoredNote stored, JsonGenerator json) {
        BsonDocument submission = stored.submission();
        BsonDocument note = stored.note();
        json.writeStartObject();
        json.writeNumberProperty("id", stored.id());
        StoredFields.writeNumber("analysis_session", session(submission), json);
        StoredFields.writeAnalysisType(
                submission.getString(SubmissionFields.ANALYSIS_TYPE).getValue(), json);
        json.writeStringProperty(
                NoteFields.BEHAVIOUR, note.getString(NoteFields.BEHAVIOUR).getValue());
        json.writeStringProperty(
                NoteFields.CONFIDENCE, note.getString(NoteFields.CONFIDENCE).getValue());
        StoredFields.writeTime("created", submission, SubmissionFields.RECEIVED, json);
        json.writeName(NoteFields.FINDINGS);
        BsonJson.writeField(note, NoteFields.FINDINGS, json);
        BsonValue findingRef = note.get(NoteFields.FINDING_REF);
        json.writeStringProperty(
                NoteFields.FINDING_REF,
                findingRef == null || findingRef.isNull()
                        ? null
                        : findingRef.asString().getValue());
        json.writeStringProperty(
                NoteFields.STATUS, note.getString(NoteFields.STATUS).getValue());
        BsonValue automatic = note.get(NoteFields.AUTOMATIC);
        json.writeBooleanProperty(
                NoteFields.AUTOMATIC, automatic != null && automatic.asBoolean().getValue());
        StoredFields.writeTime("updated", submission, SubmissionFields.RECEIVED, json);
        writeUpdater(submission.get(SubmissionFields.UPDATER), json);
        json.writeEndObject();
    }

    /** The session that a lone note names, if any. It may be the id of a duplicate, which reads as the original. */
    static @Nullable Long named(BsonDocument submission) {
        BsonValue named = submission.get(SubmissionFields.ANALYSIS_SESSION);
        return named == null || named.isNull() ? null : named.asInt64().getValue();
    }

    private @Nullable Long session(BsonDocument submission) {
        if (StoredSubmissions.kind(submission) == SubmissionKind.SESSION) {
            return StoredSubmissions.id(submission);
        }
        Long named = named(submission);
        BsonDocument known = named == null ? null : sessions.get(named);
        return known != null && StoredSubmissions.kind(known) == SubmissionKind.DUPLICATE
                ? Long.valueOf(StoredSubmissions.original(known))
                : named;
    }

    private static void writeUpdater(@Nullable BsonValue stored, JsonGenerator json) {
        json.writeName("updater");
        if (stored == null || stored.isNull()) {
            json.writeNull();
            return;
        }
        BsonDocument updater = stored.asDocument();
        json.writeStartObject();
        json.writeNumberProperty("id", updater.getInt64("id").getValue());
        json.writeStringProperty("email", updater.getString("email").getValue());
        json.writeStringProperty("first_name", updater.getString("first_name").getValue());
        json.writeStringProperty("last_name", updater.getString("last_name").getValue());
        json.writeEndObject();
    }
}
