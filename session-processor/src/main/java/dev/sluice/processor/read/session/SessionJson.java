package dev.sluice.processor.read.session;

import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.store.SubmissionFields;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import tools.jackson.core.JsonGenerator;

/** Sessions as the API shows them: exactly the documented fields. */
final class SessionJson {

    private SessionJson() {}

    static void write(BsonDocument session, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", session.getInt64(SubmissionFields.ID).getValue());
        json.writeStringProperty(
                "analysis_ref", session.getString(SubmissionFields.ANALYSIS_REF).getValue());
        json.writeStringProperty(
                "analysis_type",
                session.getString(SubmissionFields.ANALYSIS_TYPE).getValue());
        json.writeName("extra");
        BsonJson.write(extra(session), json);
        StoredFields.writeTime("created", session, SubmissionFields.RECEIVED, json);
        StoredFields.writeTime("updated", session, SubmissionFields.RECEIVED, json);
        BsonDocument updater = StoredFields.updater(session);
        if (updater == null) {
            json.writeNullProperty("updater");
        } else {
            json.writeNumberProperty("updater", updater.getInt64("id").getValue());
        }
        json.writeEndObject();
    }

    private static BsonDocument extra(BsonDocument session) {
        BsonValue extra = session.get(SubmissionFields.EXTRA);
        return extra == null ? new BsonDocument() : extra.asDocument();
    }
}
