package dev.sluice.processor.count;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.CountFields;
import dev.sluice.processor.store.PositionedDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** How many submissions each project has, in one MongoDB collection, each document exactly as far as it says. */
public final class MongoCounts {

    private final PositionedDocuments documents;

    public MongoCounts(Generation generation) {
        this.documents = new PositionedDocuments(generation.collection(CountFields.COLLECTION, BsonDocument.class));
    }

    /**
     * Counts submissions, each once, whatever was counted before. Returns once that is stored for good, or throws.
     *
     * @param outcomes in the order of the log
     */
    public void count(List<SubmissionOutcome> outcomes) {
        Map<Long, CountChange> changes = new LinkedHashMap<>();
        for (SubmissionOutcome outcome : outcomes) {
            if (outcome.project().isPresent()) {
                changes.computeIfAbsent(outcome.project().getAsLong(), CountChange::new)
                        .add(outcome);
            }
        }
        documents.apply(List.copyOf(changes.values()));
    }
}
