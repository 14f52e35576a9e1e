package dev.sluice.processor.key;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.AnotherRecordStoredException;
import dev.sluice.processor.store.GuardedWrites;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreErrors;
import dev.sluice.processor.store.SubmissionFields;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/** The claims of submissions on keys, in one MongoDB collection. */
public final class MongoKeys implements Keys {

    /** The collection's name in the first generation. */
    public static final String COLLECTION = "keys";

    private static final String ID = "_id";
    private static final String SUBMISSION = "submission";
    private static final String DIGEST = "digest";
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private static final Bson KEYS_OF_SUBMISSION =
            include(SubmissionFields.PROJECT, SubmissionFields.KEY, SubmissionFields.RESUBMISSION_OF);

    private final MongoCollection<BsonDocument> collection;
    private final MongoCollection<BsonDocument> submissions;

    public MongoKeys(Generation generation) {
        this.collection = generation.collection(COLLECTION, BsonDocument.class);
        this.submissions = generation.collection(MongoSubmissions.COLLECTION, BsonDocument.class);
    }

    @Override
    public Map<String, Claim> find(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, Claim> claims = new HashMap<>();
        for (BsonDocument document : collection.find(in(ID, keys))) {
            Claim claim = claim(document);
            claims.put(claim.key(), claim);
        }
        return claims;
    }

    @Override
    public boolean insert(Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return true;
        }
        List<BsonDocument> documents = claims.stream().map(MongoKeys::document).toList();
        try {
            collection.insertMany(documents, UNORDERED);
            return true;
        } catch (MongoBulkWriteException e) {
            if (StoreErrors.areTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Writes that change nothing are acknowledged only once a majority has everything before them. */
    @Override
    public boolean confirm(Collection<Claim> claims) {
        return GuardedWrites.tryAll(
                collection, claims.stream().map(MongoKeys::asItIs).toList());
    }

    /**
     * Throws if a submission is stored without a key that it has claimed: a claim is durable before its document, and if the log loses its end in
     * between, another record gets the id.
     */
    public void requireMade(Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        Map<Long, Set<String>> keys = new HashMap<>();
        List<Long> ids = claims.stream().map(Claim::submission).distinct().toList();
        for (BsonDocument submission :
                submissions.find(in(SubmissionFields.ID, ids)).projection(KEYS_OF_SUBMISSION)) {
            keys.put(submission.getInt64(SubmissionFields.ID).getValue(), ProjectKeys.of(submission));
        }
        for (Claim claim : claims) {
            Set<String> its = keys.get(claim.submission());
            if (its != null && !its.contains(claim.key())) {
                throw new AnotherRecordStoredException(SubmissionId.of(claim.submission()));
            }
        }
    }

    private static WriteModel<BsonDocument> asItIs(Claim claim) {
        BsonDocument submission = new BsonDocument(SUBMISSION, new BsonInt64(claim.submission()));
        return new UpdateOneModel<>(
                new BsonDocument(ID, new BsonString(claim.key())).append(SUBMISSION, submission.get(SUBMISSION)),
                new BsonDocument("$set", submission));
    }

    /** A claim as it is stored. */
    public static BsonDocument document(Claim claim) {
        return new BsonDocument(ID, new BsonString(claim.key()))
                .append(SUBMISSION, new BsonInt64(claim.submission()))
                .append(DIGEST, new BsonBinary(claim.digest().toBytes()));
    }

    private static Claim claim(BsonDocument document) {
        return new Claim(
                document.getString(ID).getValue(),
                document.getInt64(SUBMISSION).getValue(),
                SubmissionDigest.ofBytes(document.getBinary(DIGEST).getData()));
    }
}
