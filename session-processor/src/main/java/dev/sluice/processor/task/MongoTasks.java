package dev.sluice.processor.task;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.PositionedDocuments;
import dev.sluice.processor.store.TaskFields;
import org.bson.BsonDocument;

/** What stands for each task, in one MongoDB collection, each document exactly as far as it says. */
public final class MongoTasks {

    private final PositionedDocuments documents;

    public MongoTasks(Generation generation) {
        this.documents = new PositionedDocuments(generation.collection(TaskFields.COLLECTION, BsonDocument.class));
    }

    /** Folds notes into their tasks, each once, whatever was folded before. Returns once that is stored for good, or throws. */
    public void fold(TaskChanges changes) {
        documents.apply(changes.all());
    }
}
