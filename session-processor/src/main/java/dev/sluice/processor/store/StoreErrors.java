package dev.sluice.processor.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteError;

/** Classifies the store's errors. */
public final class StoreErrors {

    private StoreErrors() {}

    /** Whether the only errors are existing {@code _id}s; all other writes are applied then. */
    static boolean areTaken(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(StoreErrors::isTaken);
    }

    /** Whether a document with the same {@code _id} already exists. */
    public static boolean isTaken(WriteError error) {
        return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
