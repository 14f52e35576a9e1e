package dev.sluice.processor.store;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import dev.sluice.contract.submission.NoteFields;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** The indexes that lists need. Each one slows down inserts, so there are only those worth it (ADR 008). */
public record StoreIndexes(Generation generation) {

    /** Submissions of a project by kind and analysis type, newest first. */
    public static final String BY_KIND_AND_TYPE = "project_kind_type_id";

    /** Submissions of a project by kind and reference, newest first. */
    public static final String BY_KIND_AND_REF = "project_kind_ref_id";

    /** Submissions of a project by the tasks of their notes, newest first. */
    public static final String BY_TASK = "project_task_id";

    /** The index that every collection has. */
    public static final String BY_ID = "_id_";

    // When the time is over, MongoDB drops the whole index build and the next try starts afresh. So it is longer than
    // reading any collection takes. Nobody but the builder waits.
    private static final Duration MADE_WITHIN = Duration.ofHours(12);

    /**
     * Creates the missing indexes; idempotent. Has a longer time limit than other operations, because it reads all existing documents, as
     * after a copy without indexes. Throws if the store is unavailable.
     */
    public void ensure() {
        generation
                .collection(MongoSubmissions.COLLECTION, BsonDocument.class)
                .withTimeout(MADE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .createIndexes(List.of(
                        ofProject(BY_KIND_AND_TYPE, SubmissionFields.KIND, SubmissionFields.ANALYSIS_TYPE),
                        ofProject(BY_KIND_AND_REF, SubmissionFields.KIND, SubmissionFields.ANALYSIS_REF),
                        ofProject(BY_TASK, SubmissionFields.NOTES + "." + NoteFields.TASK)));
    }

    private static IndexModel ofProject(String name, String... fields) {
        return new IndexModel(
                compoundIndex(ascending(SubmissionFields.PROJECT), ascending(fields), descending(SubmissionFields.ID)),
                new IndexOptions().name(name));
    }
}
