package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
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

    /** A submission without its notes. */
    public Optional<RawBsonDocument> find(long id) {
        return Optional.ofNullable(documents
                .find(eq(SubmissionFields.ID, id))
                .projection(WITHOUT_NOTES)
                .first());
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

    /** Whether a submission is a project's. */
    public static boolean isOf(long project, BsonDocument submission) {
        // A dead letter may name none.
        BsonValue owner = submission.get(SubmissionFields.PROJECT);
        return owner != null && owner.isInt64() && owner.asInt64().getValue() == project;
    }

    /** The first submission of which this one is a duplicate. */
    public static long first(BsonDocument duplicate) {
        return duplicate.getInt64(SubmissionFields.OF).getValue();
    }
}
