package dev.sluice.processor.read.task;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.task.TaskFields;
import dev.sluice.processor.task.TaskGroup;
import java.util.Optional;
import org.bson.RawBsonDocument;

/** The stored tasks. Every query takes bounded time. Thread-safe. */
public final class StoredTasks {

    private final MongoCollection<RawBsonDocument> groups;

    public StoredTasks(Generation generation) {
        this.groups = generation.collection(TaskFields.COLLECTION, RawBsonDocument.class);
    }

    /** The number of notes that a task has received; 0 if there is no such task. */
    public long notesOf(long project, String task) {
        return find(project, task)
                .map(found -> found.fields().getNumber(TaskFields.NOTES).longValue())
                .orElse(0L);
    }

    /** Finds a task; {@code task} is its id without the project. */
    Optional<StoredTask> find(long project, String task) {
        RawBsonDocument group = groups.find(
                        eq(SubmissionFields.ID, TaskGroup.of(project, task).id()))
                .projection(include(TaskFields.TASKS + "." + task))
                .first();
        return Optional.ofNullable(group)
                .map(found -> found.getDocument(TaskFields.TASKS).get(task))
                .map(fields -> new StoredTask(project, task, fields.asDocument()));
    }

    TaskList list(long project, Optional<NoteStatus> status) {
        return new TaskList(groups, project, status);
    }
}
