package dev.sluice.processor.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.BsonDocument;

/** Writes that each are for a document as it was read: an insert where there was none, else a change that finds only what is as it was. */
public final class GuardedWrites {

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private GuardedWrites() {}

    /**
     * Does those that can be done.
     *
     * @return whether that was all of them; false if another processor was there first with any of the documents
     */
    public static boolean tryAll(MongoCollection<BsonDocument> collection, List<WriteModel<BsonDocument>> writes) {
        if (writes.isEmpty()) {
            return true;
        }
        long inserts = writes.stream().filter(InsertOneModel.class::isInstance).count();
        try {
            return collection.bulkWrite(writes, UNORDERED).getMatchedCount() == writes.size() - inserts;
        } catch (MongoBulkWriteException e) {
            if (StoreErrors.areTaken(e)) {
                return false;
            }
            throw e;
        }
    }
}
