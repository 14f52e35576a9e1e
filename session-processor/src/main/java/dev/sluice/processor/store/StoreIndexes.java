package dev.sluice.processor.store;

import dev.sluice.processor.generation.Generation;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

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

    private final Generation generation;

    public StoreIndexes(Generation generation) {
        this.generation = generation;
    }

    /** Makes those that are missing; throws if the store is away. Making them again changes nothing. */
    public void ensure() {
        ensure(
                MongoSubmissions.COLLECTION,
                ofProject(SubmissionFields.KIND, SubmissionFields.ANALYSIS_TYPE)
                        .on(SubmissionFields.ID, Direction.DESC)
                        .named(BY_KIND_AND_TYPE));
        ensure(
                MongoSubmissions.COLLECTION,
                ofProject(SubmissionFields.KIND, SubmissionFields.ANALYSIS_REF)
                        .on(SubmissionFields.ID, Direction.DESC)
                        .named(BY_KIND_AND_REF));
        ensure(
                MongoSubmissions.COLLECTION,
                ofProject(SubmissionFields.NOTES + "." + SubmissionFields.TASK)
                        .on(SubmissionFields.ID, Direction.DESC)
                        .named(BY_TASK));
    }

    private static Index ofProject(String... fields) {
        Index index = new Index().on(SubmissionFields.PROJECT, Direction.ASC);
        for (String field : fields) {
            index.on(field, Direction.ASC);
        }
        return index;
    }

    private void ensure(String collection, Index index) {
        generation.mongo().indexOps(generation.nameOf(collection)).createIndex(index);
    }
}
