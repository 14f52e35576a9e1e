package dev.sluice.processor.store;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

/** The indexes that lists need. Making them again changes nothing. */
public final class StoreIndexes {

    private final MongoTemplate mongo;

    public StoreIndexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Makes those that are missing; throws if the store is away. */
    public void ensure() {
        mongo.indexOps(MongoSubmissions.COLLECTION)
                .createIndex(new Index()
                        .on(SubmissionFields.PROJECT, Sort.Direction.ASC)
                        .on(SubmissionFields.KIND, Sort.Direction.ASC)
                        .on(SubmissionFields.ID, Sort.Direction.DESC)
                        .named("project_kind_id"));
        mongo.indexOps(MongoSubmissions.COLLECTION)
                .createIndex(new Index()
                        .on(SubmissionFields.PROJECT, Sort.Direction.ASC)
                        .on(SubmissionFields.NOTES + ".task", Sort.Direction.ASC)
                        .on(SubmissionFields.ID, Sort.Direction.DESC)
                        .named("project_task_id"));
        mongo.indexOps(TaskFields.COLLECTION)
                .createIndex(new Index()
                        .on(TaskFields.PROJECT, Sort.Direction.ASC)
                        .on(SubmissionFields.ID, Sort.Direction.ASC)
                        .named("project_id"));
    }
}
