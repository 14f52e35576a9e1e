package dev.sluice.processor.count;

import dev.sluice.contract.submission.AnalysisType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A project's counts. Read from the store at the first use and not again. Not thread-safe. */
public final class ProjectCounts {

    private final Supplier<@Nullable BsonDocument> read;
    private @Nullable BsonDocument kept;

    ProjectCounts(Supplier<@Nullable BsonDocument> read) {
        this.read = read;
    }

    /** The slugs of the analysis types that its sessions may have: those that this version knows, and those of counted sessions. */
    public Set<String> types() {
        Set<String> types = new TreeSet<>(group(CountChange.SESSIONS).keySet());
        AnalysisType.OF_SESSIONS.forEach(type -> types.add(type.slug()));
        return types;
    }

    public long sessions(Optional<String> type) {
        return sum(CountChange.SESSIONS, type);
    }

    /** The number of its processed submissions, in one state or in all states. */
    public long submissions(Optional<String> state) {
        return sum(CountChange.STATES, state);
    }

    private long sum(String group, Optional<String> member) {
        long sum = 0;
        for (Map.Entry<String, BsonValue> count : group(group).entrySet()) {
            if (member.isEmpty() || member.get().equals(count.getKey())) {
                sum += count.getValue().asNumber().longValue();
            }
        }
        return sum;
    }

    private BsonDocument group(String name) {
        if (kept == null) {
            BsonDocument found = read.get();
            kept = found == null ? new BsonDocument() : found;
        }
        return kept.getDocument(name, new BsonDocument());
    }
}
