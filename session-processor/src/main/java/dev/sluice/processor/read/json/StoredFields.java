package dev.sluice.processor.read.json;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.UtcTime;
import java.time.Instant;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes fields that several resources show in the same way. */
public final class StoredFields {

    private StoredFields() {}

    /** Writes a time of the document, or null if it has none. */
    public static void writeTime(String name, BsonDocument document, String field, JsonGenerator json) {
        BsonValue time = document.get(field);
        json.writeStringProperty(
                name,
                time == null || time.isNull()
                        ? null
                        : UtcTime.format(Instant.ofEpochMilli(time.asDateTime().getValue())));
    }

    public static void writeNumber(String name, @Nullable Long number, JsonGenerator json) {
        if (number == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, number);
        }
    }

    /** Writes an analysis type as an object; one that only a later version knows by its slug. */
    public static void writeAnalysisType(String slug, JsonGenerator json) {
        json.writeObjectPropertyStart("analysis_type");
        json.writeStringProperty("slug", slug);
        json.writeStringProperty(
                "name", AnalysisType.find(slug).map(AnalysisType::displayName).orElse(slug));
        json.writeEndObject();
    }
}
