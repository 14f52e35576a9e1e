package dev.sluice.processor.task;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.PositionedDocuments;
import dev.sluice.processor.store.TaskFields;
import dev.sluice.processor.store.VerificationChanges;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** What stands for each task, in one MongoDB collection, each document exactly as far as it says. */
public final class MongoTasks {

    private final PositionedDocuments documents;
    private final TaskHistory history;

    public MongoTasks(Generation generation) {
        this.documents = new PositionedDocuments(generation.collection(TaskFields.COLLECTION, BsonDocument.class));
        this.history = new TaskHistory(generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class));
    }

    /**
     * What submissions that are about to be inserted do to their tasks' statuses, by id. It is right for each that the insert does not find
     * there already: a task is only touched after the submissions are inserted, so a task that holds one of them, when it is read here, tells
     * that the submission is there. Only a store that was restored from pieces of different age can have lost it; then what stood is worked
     * out from the notes before.
     */
    public Map<Long, VerificationChanges> verifications(TaskChanges changes, MongoSubmissions submissions) {
        changes.beginWith(documents.read(changes.all()));
        Set<Long> lost = changes.folded();
        if (!lost.isEmpty()) {
            lost.removeAll(submissions.firstDeliveries(lost).keySet());
            changes.each().stream()
                    .filter(change -> change.folded().stream().anyMatch(lost::contains))
                    .forEach(change ->
                            change.beginWith(history.before(change.project(), change.task(), change.first())));
        }
        return changes.verifications();
    }

    /** Folds notes into their tasks, each once, whatever was folded before. Returns once that is stored for good, or throws. */
    public void fold(TaskChanges changes) {
        documents.apply(changes.all(), changes.stored());
    }
}
