package dev.sluice.processor.audit;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.Indexes;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.task.TaskFields;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** An audit's read-only view of the store. Assumes nothing about the content of documents. */
record AuditedStore(
        MongoCollection<RawBsonDocument> submissions,
        MongoCollection<BsonDocument> keys,
        MongoCollection<BsonDocument> taskGroups,
        MongoCollection<BsonDocument> counts,
        MongoCollection<BsonDocument> progress) {

    private static final int BATCH = 1000;
    // The embedded store compares each document that it finds with every id of the query.
    private static final int AT_ONCE = 100;

    static AuditedStore of(Generation generation) {
        return new AuditedStore(
                generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class),
                generation.collection(MongoKeys.COLLECTION, BsonDocument.class),
                generation.collection(TaskFields.COLLECTION, BsonDocument.class),
                generation.collection(MongoCounts.COLLECTION, BsonDocument.class),
                generation.collection(MongoProgress.COLLECTION, BsonDocument.class));
    }

    /** Finds submissions by id, whichever numeric type their id is stored as; those that do not exist are absent. */
    Map<Long, RawBsonDocument> submissions(List<Long> ids) {
        Map<Long, RawBsonDocument> found = HashMap.newHashMap(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            // One more than can match, because MongoDB does not know that a batch that is exactly full is the last.
            for (RawBsonDocument document :
                    submissions.find(in(SubmissionFields.ID, some)).batchSize(AT_ONCE + 1)) {
                BsonValue id = document.get(SubmissionFields.ID);
                if (id != null && id.isNumber()) {
                    found.put(id.asNumber().longValue(), document);
                }
            }
        }
        return found;
    }

    /** The claims on keys, by key; without those that cannot be read. */
    Map<String, Claim> claims(Collection<String> wanted) {
        Map<String, Claim> claims = new HashMap<>();
        for (BsonDocument document : keys.find(in(SubmissionFields.ID, wanted))) {
            claim(document).ifPresent(claim -> claims.put(claim.key(), claim));
        }
        return claims;
    }

    /** The claim that a document states; empty if it is unreadable. */
    static Optional<Claim> claim(BsonDocument document) {
        try {
            return Optional.of(MongoKeys.claim(document));
        } catch (BsonInvalidOperationException _) {
            return Optional.empty();
        }
    }

    /** The {@code _id}s of all submissions, in order. */
    Iterable<RawBsonDocument> submissionIds() {
        return all(submissions, include(SubmissionFields.ID));
    }

    /** All documents in the order of their {@code _id}s, so that a document that changes meanwhile is not read twice. */
    static <T> Iterable<T> all(MongoCollection<T> collection) {
        return all(collection, new BsonDocument());
    }

    private static <T> FindIterable<T> all(MongoCollection<T> collection, Bson fields) {
        return collection
                .find()
                .projection(fields)
                .hint(Indexes.ascending(SubmissionFields.ID))
                .batchSize(BATCH)
                .timeoutMode(TimeoutMode.ITERATION);
    }
}
