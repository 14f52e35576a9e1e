package dev.sluice.processor.count;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** Each project's counts, kept while storing: exact, and as cheap for a million as for one. Thread-safe. */
public final class StoredCounts {

    private static final String ID = "_id";

    private final MongoCollection<BsonDocument> counts;

    public StoredCounts(Generation generation, Duration timeout) {
        this.counts = generation
                .collection(CountFields.COLLECTION, BsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The counts of one project. */
    public ProjectCounts of(long project) {
        return new ProjectCounts(() -> counts.find(eq(ID, project)).first());
    }
}
