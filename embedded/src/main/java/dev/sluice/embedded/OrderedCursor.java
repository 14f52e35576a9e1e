package dev.sluice.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A cursor that searches in id order as it is read. As in MongoDB, concurrent changes may or may not be seen. */
final class OrderedCursor extends AbstractCursor {

    private final MVMap<Object, Document> documents;
    private final Predicate<Document> wanted;
    private final UnaryOperator<Document> shown;
    private final IdRange range;
    private int toSkip;
    private long remaining;
    // The id of the document that was skipped or returned last.
    private @Nullable Object last;

    /**
     * @param wanted whether a document in the range matches the query
     * @param shown maps a matching document to the result
     * @param limit the maximum number of results; 0 for all
     */
    OrderedCursor(
            long id,
            MVMap<Object, Document> documents,
            IdRange range,
            Predicate<Document> wanted,
            UnaryOperator<Document> shown,
            int skip,
            int limit) {
        super(id);
        this.documents = documents;
        this.range = range;
        this.wanted = wanted;
        this.shown = shown;
        this.toSkip = skip;
        this.remaining = limit > 0 ? limit : Long.MAX_VALUE;
    }

    @Override
    public synchronized boolean isEmpty() {
        return remaining == 0;
    }

    @Override
    public synchronized List<Document> takeDocuments(int most) {
        Batch batch = new Batch(most);
        Cursor<Object, Document> inOrder = range.cursor(documents, last);
        while (remaining > 0 && !batch.isComplete()) {
            Document next = next(inOrder);
            if (next == null) {
                remaining = 0;
            } else if (batch.add(shown.apply(next))) {
                last = inOrder.getKey();
                remaining--;
            } else {
                // No room in this batch; the next one finds the document again.
                break;
            }
        }
        return batch.documents();
    }

    private @Nullable Document next(Cursor<Object, Document> inOrder) {
        while (inOrder.hasNext()) {
            Object id = inOrder.next();
            Document document = inOrder.getValue();
            if (!id.equals(last) && wanted.test(document)) {
                if (toSkip == 0) {
                    return document;
                }
                toSkip--;
                last = id;
            }
        }
        return null;
    }
}
