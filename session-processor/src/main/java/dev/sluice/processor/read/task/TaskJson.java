package dev.sluice.processor.read.task;

import dev.sluice.processor.read.json.StoredFields;
import dev.sluice.processor.task.TaskFields;
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
        task.fields().getDocument(TaskFields.STANDING).forEach((type, status) -> {
            json.writeStartObject();
            StoredFields.writeAnalysisType(type, json);
            json.writeStringProperty("status", status.asString().getValue());
            json.writeEndObject();
        });
        json.writeEndArray();
        StoredFields.writeTime("updated", task.fields(), TaskFields.UPDATED, json);
        json.writeEndObject();
    }
}
