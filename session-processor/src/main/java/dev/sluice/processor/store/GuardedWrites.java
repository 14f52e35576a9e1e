package dev.sluice.processor.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.BsonDocument;

/** Writes that apply only if a document is unchanged since it was read: an insert if there was none, else a conditional change. */
public final class GuardedWrites {

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private GuardedWrites() {}

    /**
     * Applies the writes whose documents are unchanged.
     *
     * @return whether all writes were applied; false if another processor changed any of the documents first
     */
    public static boolean tryAll(MongoCollection<BsonDocument> collection, List<WriteModel<BsonDocument>> writes) {
        if (writes.isEmpty()) {
            return true;
        }
        long inserts = writes.stream().filter(InsertOneModel.class::isInstance).count();
        try {
            return collection.bulkWrite(writes, UNORDERED).getMatchedCount() == writes.size() - inserts;
        } catch (MongoBulkWriteException e) {
            if (areTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the only errors are existing {@code _id}s; all other writes are applied then. */
    static boolean areTaken(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(GuardedWrites::isTaken);
    }

    /** Whether a document with the same {@code _id} already exists. */
    public static boolean isTaken(WriteError error) {
        return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
