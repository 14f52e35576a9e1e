package dev.sluice.processor.task;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.FoldedDocuments;
import dev.sluice.processor.store.MongoSubmissions;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** The standing statuses of each task, in one MongoDB collection. Each document states the last submission folded into it. */
public final class MongoTasks {

    private final FoldedDocuments documents;
    private final TaskHistory history;

    public MongoTasks(Generation generation) {
        this.documents = new FoldedDocuments(generation.collection(TaskFields.COLLECTION, BsonDocument.class));
        this.history = new TaskHistory(generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class));
    }

    /**
     * Begins the changes with the stored tasks, for submissions about to be inserted. What follows is correct for each submission that the
     * insert does not find stored already: tasks change only after their submissions are inserted, so a task that includes one of them proves
     * that it is stored. Only a store restored from parts of different age can have lost it; then the earlier status is derived from the
     * earlier notes.
     */
    public void begin(NotesByTask changes, MongoSubmissions submissions) {
        changes.beginWith(documents.read(changes.all()));
        Set<Long> lost = changes.included();
        if (!lost.isEmpty()) {
            lost.removeAll(submissions.firstDeliveries(lost).keySet());
            changes.each().stream()
                    .filter(change -> change.included().stream().anyMatch(lost::contains))
                    .forEach(change ->
                            change.beginBeforeFirst(history.before(change.project(), change.task(), change.first())));
        }
    }

    /** Folds notes that {@link #begin} has begun into their tasks, each exactly once. Returns once that is durable, or throws. */
    public void fold(NotesByTask changes) {
        documents.apply(changes.all(), changes.stored());
    }
}
