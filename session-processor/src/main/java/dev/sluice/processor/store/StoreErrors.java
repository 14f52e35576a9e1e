package dev.sluice.processor.store;

import com.mongodb.WriteError;

/** What the store's errors mean. */
public final class StoreErrors {

    private static final int DUPLICATE_KEY = 11000;

    private StoreErrors() {}

    /** Whether there is a document with that {@code _id} already. */
    public static boolean isTaken(WriteError error) {
        return error.getCode() == DUPLICATE_KEY;
    }
}
