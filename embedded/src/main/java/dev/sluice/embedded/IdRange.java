package dev.sluice.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Ids, in their order.
 *
 * @param from the first one at the earliest, if that is known
 * @param to the last one at the latest, if that is known
 * @param descending whether they become smaller
 */
record IdRange(@Nullable Object from, @Nullable Object to, boolean descending) {

    private static final String ID = "_id";
    private static final Set<String> ABOVE = Set.of("$gt", "$gte");
    private static final Set<String> BELOW = Set.of("$lt", "$lte");

    /**
     * What a query needs to look at of a collection, if its answer is in the order of ids. Not if the ids are of several types: their order is
     * that of the types first.
     */
    static Optional<IdRange> of(Document query, @Nullable Document order, MVMap<Object, Document> documents) {
        if (order == null || !order.keySet().equals(Set.of(ID)) || !(order.get(ID) instanceof Number direction)) {
            return Optional.empty();
        }
        Object lowest = null;
        Object highest = null;
        if (query.get(ID) instanceof Document bounds) {
            for (Map.Entry<String, Object> bound : bounds.entrySet()) {
                lowest = ABOVE.contains(bound.getKey()) ? bound.getValue() : lowest;
                highest = BELOW.contains(bound.getKey()) ? bound.getValue() : highest;
            }
        }
        Object first = documents.firstKey();
        if (!isOrdered(first) || !isLike(first, documents.lastKey(), lowest, highest)) {
            return Optional.empty();
        }
        return Optional.of(
                direction.intValue() < 0 ? new IdRange(highest, lowest, true) : new IdRange(lowest, highest, false));
    }

    /** A collection's documents with these ids, as it is now; from {@code last} on, if that is not null. */
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
