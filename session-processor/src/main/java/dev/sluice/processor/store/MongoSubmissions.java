package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.sluice.processor.generation.Generation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;

/** Submissions in one MongoDB collection. */
public final class MongoSubmissions implements Submissions {

    /** The collection's name in the first generation. */
    public static final String COLLECTION = "submissions";

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<RawBsonDocument> collection;
    private final EarlierSubmissions earlier;

    public MongoSubmissions(Generation generation) {
        this.collection = generation.collection(COLLECTION, RawBsonDocument.class);
        this.earlier = new EarlierSubmissions(collection);
    }

    @Override
    public int insert(List<RawBsonDocument> documents) {
        if (documents.isEmpty()) {
            return 0;
        }
        try {
            collection.insertMany(documents, UNORDERED);
            return 0;
        } catch (MongoBulkWriteException e) {
            List<Long> there = new ArrayList<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (!StoreErrors.isTaken(error)) {
                    throw e;
                }
                there.add(id(documents.get(error.getIndex())));
            }
            if (e.getWriteConcernError() != null || countWithIds(there) < there.size()) {
                throw e;
            }
            return there.size();
        }
    }

    @Override
    public Map<Long, EarlierSubmission> earlier(Collection<Long> ids) {
        return earlier.find(ids);
    }

    private long countWithIds(List<Long> ids) {
        long count = 0;
        for (RawBsonDocument ignored :
                collection.find(in(SubmissionFields.ID, ids)).projection(include(SubmissionFields.ID))) {
            count++;
        }
        return count;
    }

    private static long id(RawBsonDocument document) {
        return document.getInt64(SubmissionFields.ID).getValue();
    }
}
