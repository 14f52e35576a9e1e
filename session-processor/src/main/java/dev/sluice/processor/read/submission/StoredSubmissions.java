package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The documents of submissions, by id. Every question ends within a time of its own. For many threads. */
public final class StoredSubmissions {

    private static final Bson WITHOUT_NOTES = Projections.exclude(SubmissionFields.NOTES);
    private static final Bson WHAT_IT_IS =
            Projections.include(SubmissionFields.PROJECT, SubmissionFields.KIND, SubmissionFields.OF);

    private final MongoCollection<RawBsonDocument> documents;

    public StoredSubmissions(Generation generation, Duration timeout) {
        this.documents = generation
                .collection(MongoSubmissions.COLLECTION, RawBsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All of a collection's documents, each question bounded in time. */
    public MongoCollection<RawBsonDocument> all() {
        return documents;
    }

    /** A submission of a project, without its notes. What another project has under the id takes as long as what is not there. */
    public Optional<RawBsonDocument> find(long project, long id) {
        return Optional.ofNullable(documents
                .find(byIdAndProject(id, project))
                .hintString(StoreIndexes.BY_ID)
                .projection(WITHOUT_NOTES)
                .first());
    }

    /** Without {@code $and}, as which the driver writes it: the embedded store then finds it by its id. */
    private static Bson byIdAndProject(long id, long project) {
        return new BsonDocument(SubmissionFields.ID, new BsonInt64(id))
                .append(SubmissionFields.PROJECT, new BsonInt64(project));
    }

    /** A submission with its notes. */
    public Optional<RawBsonDocument> findWhole(long id) {
        return Optional.ofNullable(documents.find(eq(SubmissionFields.ID, id)).first());
    }

    /** What those of the ids that there are are: project, kind, and of what a duplicate is one. */
    public Map<Long, BsonDocument> findWhatTheyAre(Collection<Long> ids) {
        Map<Long, BsonDocument> found = new HashMap<>();
        if (!ids.isEmpty()) {
            for (RawBsonDocument document :
                    documents.find(in(SubmissionFields.ID, ids)).projection(WHAT_IT_IS)) {
                found.put(id(document), document);
            }
        }
        return found;
    }

    /** A submission's id. */
    public static long id(BsonDocument submission) {
        return submission.getInt64(SubmissionFields.ID).getValue();
    }

    /** What became of a submission. */
    public static SubmissionKind kind(BsonDocument submission) {
        return SubmissionKind.of(submission.getString(SubmissionFields.KIND).getValue());
    }

    /** The first submission of which this one is a duplicate. */
    public static long first(BsonDocument duplicate) {
        return duplicate.getInt64(SubmissionFields.OF).getValue();
    }
}
