package dev.sluice.processor.read.task;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.TaskFields;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import tools.jackson.core.JsonGenerator;

/** Tasks as the API shows them. */
final class TaskJson {

    private TaskJson() {}

    static void write(BsonDocument task, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", task.getString(SubmissionFields.ID).getValue());
        json.writeStringProperty("task_id", task.getString(TaskFields.TASK).getValue());
        json.writeStringProperty(
                "verification_status", task.getString(TaskFields.STATUS).getValue());
        json.writeArrayPropertyStart("verifications");
        BsonDocument standing = task.getDocument(TaskFields.STANDING);
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
        StoredFields.writeTime("updated", task, TaskFields.UPDATED, json);
        json.writeEndObject();
    }
}
