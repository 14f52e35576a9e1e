package dev.sluice.processor.count;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A project's counts, kept while storing: exact, and as cheap for a million as for one. Thread-safe. */
public final class StoredCounts {

    private static final String ID = "_id";

    private final MongoCollection<BsonDocument> counts;

    public StoredCounts(Generation generation, Duration timeout) {
        this.counts = generation
                .collection(CountFields.COLLECTION, BsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The number of a project's sessions, of one type or of all types. */
    public long sessions(long project, Optional<String> type) {
        return sum(project, CountFields.SESSIONS, type);
    }

    /** The number of a project's processed submissions, in one state or in all states. */
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
