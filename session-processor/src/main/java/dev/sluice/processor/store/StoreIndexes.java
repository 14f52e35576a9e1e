package dev.sluice.processor.store;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** The indexes that lists need. Each one slows inserts down, so there is none that is not worth that (ADR 008). */
public final class StoreIndexes {

    /** Submissions of a project by kind and analysis type, newest first. */
    public static final String BY_KIND_AND_TYPE = "project_kind_type_id";

    /** Submissions of a project by kind and reference, newest first. */
    public static final String BY_KIND_AND_REF = "project_kind_ref_id";

    /** Submissions of a project by the tasks of their notes, newest first. */
    public static final String BY_TASK = "project_task_id";

    /** The index that every collection has. */
    public static final String BY_ID = "_id_";

    // MongoDB gives the whole of it up when the time is over, and the next try begins anew. So it is longer than it
    // takes to read any collection, and only whoever makes them waits.
    private static final Duration MADE_WITHIN = Duration.ofHours(12);

    private final Generation generation;

    public StoreIndexes(Generation generation) {
        this.generation = generation;
    }

    /**
     * Makes those that are missing, whatever time an operation has otherwise: where the documents are there already, as after a copy without
     * indexes, they are all read for it. Throws if the store is away. Making them again changes nothing.
     */
    public void ensure() {
        generation
                .collection(MongoSubmissions.COLLECTION, BsonDocument.class)
                .withTimeout(MADE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .createIndexes(List.of(
                        ofProject(BY_KIND_AND_TYPE, SubmissionFields.KIND, SubmissionFields.ANALYSIS_TYPE),
                        ofProject(BY_KIND_AND_REF, SubmissionFields.KIND, SubmissionFields.ANALYSIS_REF),
                        ofProject(BY_TASK, SubmissionFields.NOTES + "." + SubmissionFields.TASK)));
    }

    private static IndexModel ofProject(String name, String... fields) {
        return new IndexModel(
                compoundIndex(ascending(SubmissionFields.PROJECT), ascending(fields), descending(SubmissionFields.ID)),
                new IndexOptions().name(name));
    }
}
