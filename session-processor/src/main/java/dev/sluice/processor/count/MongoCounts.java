package dev.sluice.processor.count;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.FoldedDocuments;
import dev.sluice.processor.store.SubmissionFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** The number of submissions of each project, in one MongoDB collection. Each document states the last submission folded into it. */
public final class MongoCounts {

    /** The collection's name in the first generation. A document's {@code _id} is the project. */
    public static final String COLLECTION = "counts";

    private final MongoCollection<BsonDocument> collection;

    public MongoCounts(Generation generation) {
        this.collection = generation.collection(COLLECTION, BsonDocument.class);
    }

    /** The counts of one project: exact, and as cheap for a million submissions as for one. */
    public ProjectCounts of(long project) {
        return new ProjectCounts(
                () -> collection.find(eq(SubmissionFields.ID, project)).first());
    }

    /** Counts submissions in log order, each exactly once. Returns once that is durable, or throws. */
    public void count(List<SubmissionOutcome> outcomes) {
        new FoldedDocuments(collection).apply(changes(outcomes));
    }

    /** The changes that submissions, in log order, make to the counts of their projects. */
    public static List<? extends FoldedDocuments.Change> changes(List<SubmissionOutcome> outcomes) {
        Map<Long, CountChange> changes = new LinkedHashMap<>();
        for (SubmissionOutcome outcome : outcomes) {
            if (outcome.project().isPresent()) {
                changes.computeIfAbsent(outcome.project().getAsLong(), CountChange::new)
                        .add(outcome);
            }
        }
        return List.copyOf(changes.values());
    }
}
