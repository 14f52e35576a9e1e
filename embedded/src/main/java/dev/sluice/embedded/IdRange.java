package dev.sluice.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the order of their ids, between two of them: as far as somebody reads on, and no further.
 *
 * @param lowest the first id at the earliest, if that is known
 * @param highest the last id at the latest, if that is known
 * @param descending whether it begins with the last
 */
record IdRange(@Nullable Object lowest, @Nullable Object highest, boolean descending) {

    private static final String ID = "_id";
    private static final Set<String> ABOVE = Set.of("$gt", "$gte");
    private static final Set<String> BELOW = Set.of("$lt", "$lte");

    /** What a query needs to look at, if its answer is in the order of ids. */
    static Optional<IdRange> of(Document query, @Nullable Document order) {
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
        return Optional.of(new IdRange(lowest, highest, direction.intValue() < 0));
    }

    /** Those of a collection, or nothing if its ids are not in one order with each other and with the bounds. */
    Optional<Stream<Document>> of(MVMap<Object, Document> documents) {
        Object first = documents.firstKey();
        Object last = documents.lastKey();
        if (first == null || last == null) {
            return Optional.of(Stream.empty());
        }
        // Keys are sorted by their type, and within it.
        boolean comparable = (first instanceof Long || first instanceof String)
                && isLike(first, last)
                && isLike(first, lowest)
                && isLike(first, highest);
        return comparable ? Optional.of(stream(documents)) : Optional.empty();
    }

    private static boolean isLike(Object key, @Nullable Object other) {
        return other == null || other.getClass() == key.getClass();
    }

    private Stream<Document> stream(MVMap<Object, Document> documents) {
        Cursor<Object, Document> cursor =
                descending ? documents.cursor(highest, lowest, true) : documents.cursor(lowest, highest, false);
        Iterator<Document> values = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Document next() {
                cursor.next();
                return cursor.getValue();
            }
        };
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
