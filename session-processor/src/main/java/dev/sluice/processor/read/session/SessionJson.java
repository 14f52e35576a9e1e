package dev.sluice.processor.read.session;

import dev.sluice.contract.submission.UtcTime;
import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.store.SubmissionFields;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes sessions as the API shows them: exactly the documented fields. Reads a document's fields in one pass, because it is stored as bytes:
 * each lookup of a field scans all fields before it, and eight lookups take a tenth of a GET's time.
 */
final class SessionJson {

    static final List<String> FIELDS = List.of(
            SubmissionFields.ID,
            SubmissionFields.ANALYSIS_REF,
            SubmissionFields.ANALYSIS_TYPE,
            SubmissionFields.RECEIVED,
            SubmissionFields.UPDATER,
            SubmissionFields.EXTRA);

    private long id;
    private @Nullable String ref;
    private @Nullable String type;
    private long received;
    private boolean hasExtra;
    private @Nullable Long updater;

    private SessionJson() {}

    static void write(BsonDocument session, JsonGenerator json) {
        SessionJson shown = new SessionJson();
        try (BsonReader reader = BsonJson.reader(session)) {
            shown.read(reader);
        }
        shown.writeTo(json, session);
    }

    private void read(BsonReader session) {
        session.readStartDocument();
        while (session.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (session.readName()) {
                case SubmissionFields.ID -> id = session.readInt64();
                case SubmissionFields.ANALYSIS_REF -> ref = session.readString();
                case SubmissionFields.ANALYSIS_TYPE -> type = session.readString();
                case SubmissionFields.RECEIVED -> received = session.readDateTime();
                case SubmissionFields.UPDATER -> readUpdater(session);
                case SubmissionFields.EXTRA -> {
                    hasExtra = true;
                    session.skipValue();
                }
                default -> session.skipValue();
            }
        }
    }

    private void readUpdater(BsonReader session) {
        if (session.getCurrentBsonType() == BsonType.NULL) {
            session.skipValue();
            return;
        }
        session.readStartDocument();
        while (session.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (session.readName().equals("id")) {
                updater = session.readInt64();
            } else {
                session.skipValue();
            }
        }
        session.readEndDocument();
    }

    private void writeTo(JsonGenerator json, BsonDocument session) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeStringProperty("analysis_ref", ref);
        json.writeStringProperty("analysis_type", type);
        json.writeName("extra");
        if (hasExtra) {
            BsonJson.writeField(session, SubmissionFields.EXTRA, json);
        } else {
            json.writeStartObject();
            json.writeEndObject();
        }
        String time = UtcTime.format(Instant.ofEpochMilli(received));
        json.writeStringProperty("created", time);
        json.writeStringProperty("updated", time);
        StoredFields.writeNumber("updater", updater, json);
        json.writeEndObject();
    }
}
