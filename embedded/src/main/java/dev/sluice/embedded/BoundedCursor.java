package dev.sluice.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Query results that have not been returned yet. */
final class BoundedCursor extends AbstractCursor {

    private volatile List<Document> remaining;

    BoundedCursor(long id, List<Document> found) {
        super(id);
        // Copies, because the backend updates documents in place, perhaps while an answer is encoded.
        this.remaining = found.stream().map(Document::clone).toList();
    }

    @Override
    public boolean isEmpty() {
        return remaining.isEmpty();
    }

    @Override
    public List<Document> takeDocuments(int most) {
        Batch batch = new Batch(most);
        int taken = 0;
        while (taken < remaining.size() && batch.add(remaining.get(taken))) {
            taken++;
        }
        remaining = remaining.subList(taken, remaining.size());
        return batch.documents();
    }
}
