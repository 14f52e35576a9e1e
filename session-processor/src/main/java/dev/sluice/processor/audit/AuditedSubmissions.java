package dev.sluice.processor.audit;

import dev.sluice.processor.store.EarlierSubmission;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.Submissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * Submissions that later ones name: as the store has them, which has been compared with the log by then; where that did not hold, as they
 * should be. So one wrong document does not make others look wrong.
 */
final class AuditedSubmissions implements Submissions {

    private final Ledger ledger;
    private final AuditedStore store;
    private final EarlierSubmissions earlier = new EarlierSubmissions(this::documents);

    AuditedSubmissions(Ledger ledger, AuditedStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    @Override
    public Map<Long, EarlierSubmission> earlier(Collection<Long> ids) {
        return earlier.find(ids);
    }

    @Override
    public Map<Long, FirstDelivery> insert(List<RawBsonDocument> documents) {
        throw new UnsupportedOperationException("an audit writes nothing");
    }

    @Override
    public Map<Long, FirstDelivery> firstDeliveries(Collection<Long> ids) {
        throw new UnsupportedOperationException("an audit tells nobody anything");
    }

    private Map<Long, BsonDocument> documents(Collection<Long> ids) {
        Map<Long, BsonDocument> documents = new HashMap<>(store.whatBecameOf(ids));
        for (Long id : ids) {
            BsonDocument expected = ledger.submission(id);
            if (expected != null) {
                documents.put(id, expected);
            }
        }
        return documents;
    }
}
