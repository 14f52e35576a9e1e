package dev.sluice.processor.read.page;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.read.find.GatheredFinds;
import dev.sluice.processor.store.CountFields;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** How many there are of what a project has, as it was counted while storing: exact, and as cheap for a million as for one. For many threads. */
public final class StoredCounts {

    private static final String ID = "_id";

    private final MongoCollection<BsonDocument> counts;
    private final MongoCollection<BsonDocument> ofMany;
    private final GatheredFinds<Long, BsonDocument> finds = new GatheredFinds<>(this::findTogether, this::findAlone);

    public StoredCounts(Generation generation, Duration timeout) {
        this.counts = generation
                .collection(CountFields.COLLECTION, BsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.ofMany = counts.withTimeout(GatheredFinds.WITHIN.toMillis(), TimeUnit.MILLISECONDS);
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
        Optional<BsonDocument> kept = finds.find(project).filter(found -> found.containsKey(group));
        if (kept.isEmpty()) {
            return 0;
        }
        long sum = 0;
        for (Map.Entry<String, BsonValue> count : kept.get().getDocument(group).entrySet()) {
            if (member.isEmpty() || member.get().equals(count.getKey())) {
                sum += count.getValue().asNumber().longValue();
            }
        }
        return sum;
    }

    private Optional<BsonDocument> findAlone(long project) {
        return Optional.ofNullable(counts.find(eq(ID, project)).first());
    }

    private Map<Long, BsonDocument> findTogether(Set<Long> projects) {
        Map<Long, BsonDocument> found = new HashMap<>();
        for (BsonDocument one : ofMany.find(in(ID, projects))) {
            found.put(one.getInt64(ID).getValue(), one);
        }
        return found;
    }
}
