package dev.sluice.processor.rebuild;

import static com.mongodb.client.model.Projections.include;

import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.task.TaskFields;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;

/** The collections of a generation. */
final class GenerationCollections {

    // Progress first, so that a half-dropped generation does not claim to hold anything.
    private static final List<String> NAMES = List.of(
            MongoProgress.COLLECTION,
            MongoSubmissions.COLLECTION,
            MongoKeys.COLLECTION,
            TaskFields.COLLECTION,
            MongoCounts.COLLECTION);

    private GenerationCollections() {}

    /** The names of those collections of a generation that hold anything. */
    static List<String> filled(Generation generation) {
        return NAMES.stream()
                .filter(name -> generation
                                .collection(name, BsonDocument.class)
                                .find()
                                .projection(include("_id"))
                                .first()
                        != null)
                .map(generation::nameOf)
                .toList();
    }

    static void drop(Generation generation) {
        NAMES.forEach(name -> generation.collection(name, Document.class).drop());
    }
}
