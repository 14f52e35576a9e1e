package dev.sluice.processor.store;

import dev.sluice.processor.generation.Generation;
import org.bson.BsonDocument;

/** Whether what a store holds is kept as this version keeps it. */
public final class StoreForm {

    private StoreForm() {}

    /**
     * Checks a generation of the projection.
     *
     * @throws OutdatedStoreException if it was filled by a version that kept it otherwise
     */
    public static void check(Generation generation) {
        if (!isCurrent(generation)) {
            throw new OutdatedStoreException(
                    "the store was filled by an earlier version of Sluice, which kept each task"
                            + " in a document of its own (collection "
                            + generation.nameOf(TaskFields.FORMER_COLLECTION)
                            + "): fill it anew from the log with \"sluice rebuild\"");
        }
    }

    /** Whether a generation is kept as this version keeps it, or holds nothing yet. */
    public static boolean isCurrent(Generation generation) {
        return generation
                        .collection(TaskFields.FORMER_COLLECTION, BsonDocument.class)
                        .find()
                        .first()
                == null;
    }
}
