package dev.sluice.processor.read.task;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Projections;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.read.page.StoredList;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.TaskFields;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The documents of tasks. Every question ends within a time of its own. For many threads. */
public final class StoredTasks {

    private static final Bson SHOWN =
            Projections.include(TaskFields.TASK, TaskFields.STATUS, TaskFields.STANDING, TaskFields.UPDATED);

    private final MongoCollection<RawBsonDocument> documents;

    public StoredTasks(Generation generation, Duration timeout) {
        this.documents = generation
                .collection(TaskFields.COLLECTION, RawBsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many notes a task has had; 0 if there is no such task. */
    public long notesOf(long project, String task) {
        return find(project, task)
                .map(found -> found.getNumber(TaskFields.NOTES).longValue())
                .orElse(0L);
    }

    Optional<BsonDocument> find(long project, String task) {
        return Optional.ofNullable(
                documents.find(eq(SubmissionFields.ID, project + "-" + task)).first());
    }

    StoredList<String> list(long project, Optional<NoteStatus> status) {
        return new StoredList<>(
                documents,
                query(project, status),
                SHOWN,
                index(status),
                id -> id.asString().getValue());
    }

    long count(long project, Optional<NoteStatus> status) {
        return documents.countDocuments(query(project, status), new CountOptions().hintString(index(status)));
    }

    private static String index(Optional<NoteStatus> status) {
        return status.isPresent() ? StoreIndexes.TASKS_BY_STATUS : StoreIndexes.BY_ID;
    }

    private static Bson query(long project, Optional<NoteStatus> status) {
        return status.isPresent()
                ? and(
                        eq(TaskFields.PROJECT, project),
                        eq(TaskFields.STATUS, status.get().slug()))
                // What lies between is what begins with the project and a dash: the dot comes right after the dash.
                : and(gt(SubmissionFields.ID, project + "-"), lt(SubmissionFields.ID, project + "."));
    }
}
