package dev.sluice.processor.rebuild;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.CountFields;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.TaskFields;
import java.util.List;
import org.bson.Document;

/** The collections of a generation. */
final class GenerationCollections {

    // Progress first, so that a half-dropped generation does not claim to hold anything.
    private static final List<String> NAMES = List.of(
            MongoProgress.COLLECTION,
            MongoSubmissions.COLLECTION,
            MongoKeys.COLLECTION,
            TaskFields.COLLECTION,
            CountFields.COLLECTION);

    private GenerationCollections() {}

    /** Drops all collections of a generation. */
    static void drop(Generation generation) {
        NAMES.forEach(name -> generation.collection(name, Document.class).drop());
    }
}
