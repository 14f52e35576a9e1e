package dev.sluice.processor.key;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.store.GuardedWrites;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The claims of submissions on keys, in one MongoDB collection. */
public final class MongoKeys implements Keys {

    public static final String COLLECTION = "keys";

    /** The id of the submission that has claimed the key, 64 bits. */
    public static final String SUBMISSION = "submission";

    private static final String ID = "_id";
    private static final String DIGEST = "digest";

    private final MongoCollection<BsonDocument> collection;

    public MongoKeys(Generation generation) {
        this.collection = generation.collection(COLLECTION, BsonDocument.class);
    }

    @Override
    public Map<String, Claim> find(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, Claim> claims = new HashMap<>();
        for (BsonDocument document : collection.find(in(ID, keys))) {
            Claim claim = read(document);
            claims.put(claim.key(), claim);
        }
        return claims;
    }

    private static Claim read(BsonDocument document) {
        try {
            return claim(document);
        } catch (BsonInvalidOperationException e) {
            // Its id has the key, which is the client's: for the log only.
            throw new UnreadableDocumentException(
                    "a document of " + COLLECTION,
                    new IllegalArgumentException(document.get(ID) + ": " + e.getMessage(), e));
        }
    }

    @Override
    public boolean make(Collection<Claim> claims, Map<String, Claim> existing) {
        return GuardedWrites.tryAll(
                collection,
                claims.stream()
                        .map(claim -> instead(existing.get(claim.key()), claim))
                        .toList());
    }

    /** Writes that change nothing are acknowledged only once a majority has everything before them. */
    @Override
    public boolean confirm(Collection<Claim> claims) {
        return GuardedWrites.tryAll(
                collection, claims.stream().map(MongoKeys::asItIs).toList());
    }

    private static WriteModel<BsonDocument> instead(@Nullable Claim existing, Claim claim) {
        return existing == null
                ? new InsertOneModel<>(document(claim))
                : new ReplaceOneModel<>(unchanged(existing), document(claim));
    }

    private static WriteModel<BsonDocument> asItIs(Claim claim) {
        return new UpdateOneModel<>(
                unchanged(claim),
                new BsonDocument("$set", new BsonDocument(SUBMISSION, new BsonInt64(claim.submission()))));
    }

    private static BsonDocument unchanged(Claim claim) {
        return new BsonDocument(ID, new BsonString(claim.key())).append(SUBMISSION, new BsonInt64(claim.submission()));
    }

    public static BsonDocument document(Claim claim) {
        return unchanged(claim).append(DIGEST, new BsonBinary(claim.digest().toBytes()));
    }

    /** The claim that a document states; throws a {@link BsonInvalidOperationException} if it states none. */
    public static Claim claim(BsonDocument document) {
        return new Claim(
                document.getString(ID).getValue(),
                document.getInt64(SUBMISSION).getValue(),
                SubmissionDigest.ofBytes(document.getBinary(DIGEST).getData()));
    }
}
