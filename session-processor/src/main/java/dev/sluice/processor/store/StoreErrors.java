package dev.sluice.processor.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteError;

/** What the store's errors mean. */
public final class StoreErrors {

    private StoreErrors() {}

    /** Whether nothing else is wrong than that there are documents with those {@code _id}s already; the other writes are done. */
    public static boolean areTaken(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(StoreErrors::isTaken);
    }

    /** Whether there is a document with that {@code _id} already. */
    public static boolean isTaken(WriteError error) {
        return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
