package dev.sluice.processor.read.page;

import static com.mongodb.client.model.Filters.and;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import dev.sluice.processor.store.SubmissionFields;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Documents of a collection, ordered by their ids.
 *
 * @param documents the collection; its timeout bounds each query
 * @param filter selects its documents
 * @param projection the fields to read
 * @param index the name of the index that has the documents in order. It is fixed, so that the cost of a page does not depend on which
 *     one MongoDB's planner preferred for the first pages that it saw
 */
public record StoredList(MongoCollection<RawBsonDocument> documents, Bson filter, Bson projection, String index)
        implements OrderedList<Long, RawBsonDocument> {

    // A page's documents are in memory together and each may take megabytes, so a page ends early past this size.
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    @Override
    public Run<RawBsonDocument> fetch(Range<Long> range, int limit) {
        List<RawBsonDocument> fetched = new ArrayList<>();
        long bytes = 0;
        try (MongoCursor<RawBsonDocument> cursor = find(range)
                .projection(projection)
                .skip(range.skip())
                .limit(limit + 1)
                .cursor()) {
            while (cursor.hasNext()) {
                if (fetched.size() == limit || bytes > MAX_BYTES) {
                    return new Run<>(fetched, true);
                }
                RawBsonDocument document = cursor.next();
                bytes += document.getByteBuffer().remaining();
                fetched.add(document);
            }
        }
        return new Run<>(fetched, false);
    }

    @Override
    public boolean hasAny(Range<Long> range) {
        return find(range)
                        .projection(Projections.include(SubmissionFields.ID))
                        .limit(1)
                        .first()
                != null;
    }

    @Override
    public Long key(RawBsonDocument document) {
        return document.getInt64(SubmissionFields.ID).getValue();
    }

    private FindIterable<RawBsonDocument> find(Range<Long> range) {
        Long beyond = range.beyond();
        Bson wanted = beyond == null ? filter : and(filter, range.direction().beyond(SubmissionFields.ID, beyond));
        return documents
                .find(wanted)
                .sort(range.direction().sort(SubmissionFields.ID))
                .hintString(index);
    }
}
