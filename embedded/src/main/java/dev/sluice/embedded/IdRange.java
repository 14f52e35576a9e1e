package dev.sluice.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A range of ids, in order.
 *
 * @param from the lower bound of the first id; null if unknown
 * @param to the upper bound of the last id; null if unknown
 */
record IdRange(@Nullable Object from, @Nullable Object to, boolean descending) {

    private static final String ID = "_id";
    private static final Set<String> ABOVE = Set.of("$gt", "$gte");
    private static final Set<String> BOUNDS = Set.of("$gt", "$gte", "$lt", "$lte");

    /**
     * Returns the range of ids that a query has to read, if it asks for the order of ids; empty if it names ids, which an
     * index finds, or the collection has ids of several types, because those are ordered by type first.
     */
    static Optional<IdRange> of(Document query, @Nullable Document order, MVMap<Object, Document> documents) {
        if (order == null || !order.keySet().equals(Set.of(ID)) || !(order.get(ID) instanceof Number direction)) {
            return Optional.empty();
        }
        Object lowest = null;
        Object highest = null;
        if (query.containsKey(ID)) {
            if (!(query.get(ID) instanceof Document bounds) || !BOUNDS.containsAll(bounds.keySet())) {
                return Optional.empty();
            }
            for (Map.Entry<String, Object> bound : bounds.entrySet()) {
                lowest = ABOVE.contains(bound.getKey()) ? bound.getValue() : lowest;
                highest = ABOVE.contains(bound.getKey()) ? highest : bound.getValue();
            }
        }
        Object first = documents.firstKey();
        if (!isOrdered(first) || !isLike(first, documents.lastKey(), lowest, highest)) {
            return Optional.empty();
        }
        return Optional.of(
                direction.intValue() < 0 ? new IdRange(highest, lowest, true) : new IdRange(lowest, highest, false));
    }

    /** Returns a cursor over the documents in this range, as of now; it begins at {@code last} unless that is null. */
    Cursor<Object, Document> cursor(MVMap<Object, Document> documents, @Nullable Object last) {
        return documents.cursor(last == null ? from : last, to, descending);
    }

    private static boolean isOrdered(@Nullable Object key) {
        return key instanceof Long || key instanceof String;
    }

    private static boolean isLike(Object key, @Nullable Object... others) {
        for (Object other : others) {
            if (other != null && other.getClass() != key.getClass()) {
                return false;
            }
        }
        return true;
    }
}
