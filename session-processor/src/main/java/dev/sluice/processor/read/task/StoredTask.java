package dev.sluice.processor.read.task;

import dev.sluice.processor.task.TaskFields;
import org.bson.BsonDocument;

/**
 * A task that has received notes.
 *
 * @param name its id without the project, as in {@code T6}
 * @param fields the stored fields, see {@link TaskFields}
 */
record StoredTask(long project, String name, BsonDocument fields) {

    String id() {
        return project + "-" + name;
    }

    String status() {
        return fields.getString(TaskFields.STATUS).getValue();
    }
}
