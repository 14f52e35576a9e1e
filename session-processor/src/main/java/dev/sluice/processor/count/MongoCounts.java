package dev.sluice.processor.count;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.FoldedDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** The number of submissions of each project, in one MongoDB collection. Each document states the last submission folded into it. */
public final class MongoCounts {

    private final FoldedDocuments documents;

    public MongoCounts(Generation generation) {
        this.documents = new FoldedDocuments(generation.collection(CountFields.COLLECTION, BsonDocument.class));
    }

    /**
     * Counts submissions, each exactly once. Returns once that is durable, or throws.
     *
     * @param outcomes in the order of the log
     */
    public void count(List<SubmissionOutcome> outcomes) {
        documents.apply(changes(outcomes));
    }

    /**
     * The changes that submissions make to the counts of their projects.
     *
     * @param outcomes in the order of the log
     */
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
