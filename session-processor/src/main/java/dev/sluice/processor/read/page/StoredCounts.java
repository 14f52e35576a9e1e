package dev.sluice.processor.read.page;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.CountFields;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** How many there are of what a project has, as it was counted while storing: exact, and as cheap for a million as for one. Thread-safe. */
public final class StoredCounts {

    private static final String ID = "_id";

    private final MongoCollection<BsonDocument> counts;

    public StoredCounts(Generation generation, Duration timeout) {
        this.counts = generation
                .collection(CountFields.COLLECTION, BsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many sessions a project has, of a type or of all. */
    public long sessions(long project, Optional<String> type) {
        return sum(project, CountFields.SESSIONS, type);
    }

    /** How many processed submissions a project has, in a state or in all. */
    public long submissions(long project, Optional<String> state) {
        return sum(project, CountFields.STATES, state);
    }

    private long sum(long project, String group, Optional<String> member) {
        BsonDocument kept = counts.find(eq(ID, project)).first();
        if (kept == null || !kept.containsKey(group)) {
            return 0;
        }
        long sum = 0;
        for (Map.Entry<String, BsonValue> count : kept.getDocument(group).entrySet()) {
            if (member.isEmpty() || member.get().equals(count.getKey())) {
                sum += count.getValue().asNumber().longValue();
            }
        }
        return sum;
    }
}
