package dev.sluice.processor.read.task;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.task.TaskFields;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import tools.jackson.core.JsonGenerator;

/** Writes tasks as the API shows them. */
final class TaskJson {

    private TaskJson() {}

    static void write(StoredTask task, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", task.id());
        json.writeStringProperty("task_id", task.name());
        json.writeStringProperty("verification_status", task.status());
        json.writeArrayPropertyStart("verifications");
        BsonDocument standing = task.fields().getDocument(TaskFields.STANDING);
        for (AnalysisType type : AnalysisType.values()) {
            BsonValue status = standing.get(type.slug());
            if (status != null) {
                json.writeStartObject();
                StoredFields.writeAnalysisType(type.slug(), json);
                json.writeStringProperty("status", status.asString().getValue());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        StoredFields.writeTime("updated", task.fields(), TaskFields.UPDATED, json);
        json.writeEndObject();
    }
}
