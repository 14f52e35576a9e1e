package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** Submissions in one MongoDB collection. */
public final class MongoSubmissions implements Submissions {

    /** The collection's name. */
    public static final String COLLECTION = "submissions";

    private static final int DUPLICATE_KEY = 11000;
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
    private final MongoCollection<RawBsonDocument> collection;

    public MongoSubmissions(MongoDatabase database) {
        this.collection = database.getCollection(COLLECTION, RawBsonDocument.class);
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
                if (error.getCode() != DUPLICATE_KEY) {
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
