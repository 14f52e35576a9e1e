package dev.sluice.processor.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;

/** Everything that came off the log, one document per record, in the store. */
public interface Submissions {

    /**
     * Inserts the documents. Returns once all of them are stored for good, or throws and may have stored some. One that is there already
     * (the same record, delivered again) is left as it is.
     *
     * @return those that were there already, by id
     */
    Map<Long, FirstDelivery> insert(List<RawBsonDocument> documents);

    /** Those of the submissions that are there, by id. */
    Map<Long, FirstDelivery> firstDeliveries(Collection<Long> ids);

    /** What became of those of the submissions that are there and belong to a project; for deciding about later ones. */
    Map<Long, EarlierSubmission> earlier(Collection<Long> ids);
}
