package dev.sluice.processor.read;

import dev.sluice.contract.submission.UtcTime;
import dev.sluice.processor.store.SessionSlice;
import dev.sluice.processor.store.SubmissionFields;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Sessions as the API shows them: exactly the documented fields. */
final class SessionJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SessionJson() {}

    /** One session. */
    static byte[] session(RawBsonDocument session) {
        return write(json -> write(session, json));
    }

    /** A list that is complete. */
    static byte[] list(SessionSlice slice) {
        return write(json -> {
            json.writeStartObject();
            writeResults(slice, json);
            json.writeEndObject();
        });
    }

    /** A page of a list. */
    static byte[] page(SessionSlice slice, long count, @Nullable String next, @Nullable String previous) {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("count", count);
            json.writeStringProperty("next", next);
            json.writeStringProperty("previous", previous);
            writeResults(slice, json);
            json.writeEndObject();
        });
    }

    private static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }

    private static void writeResults(SessionSlice slice, JsonGenerator json) {
        json.writeArrayPropertyStart("results");
        slice.sessions().forEach(session -> write(session, json));
        json.writeEndArray();
    }

    private static void write(RawBsonDocument session, JsonGenerator json) {
        String received = UtcTime.format(Instant.ofEpochMilli(
                session.getDateTime(SubmissionFields.RECEIVED).getValue()));
        json.writeStartObject();
        json.writeNumberProperty("id", session.getInt64(SubmissionFields.ID).getValue());
        json.writeStringProperty(
                "analysis_ref", session.getString("analysis_ref").getValue());
        json.writeStringProperty(
                "analysis_type", session.getString("analysis_type").getValue());
        json.writeName("extra");
        BsonJson.write(extra(session), json);
        json.writeStringProperty("created", received);
        json.writeStringProperty("updated", received);
        writeUpdater(session.get(SubmissionFields.UPDATER), json);
        json.writeEndObject();
    }

    private static BsonDocument extra(RawBsonDocument session) {
        BsonValue extra = session.get("extra");
        return extra == null ? new BsonDocument() : extra.asDocument();
    }

    private static void writeUpdater(@Nullable BsonValue updater, JsonGenerator json) {
        if (updater == null || updater.isNull()) {
            json.writeNullProperty("updater");
        } else {
            json.writeNumberProperty(
                    "updater", updater.asDocument().getInt64("id").getValue());
        }
    }
}
