package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.UnreadableDocumentException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.BsonInvalidOperationException;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** All records of the log in one MongoDB collection, one document per record. */
public final class MongoSubmissions {

    public static final String COLLECTION = "submissions";

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    // A time that no record has: any record that still turns up under such an id is recognized as a different one.
    private static final Instant NEVER = Instant.EPOCH;
    private static final String GIVEN_UP = "the log lost it before it was stored, and its key is another submission's";

    private static final Bson OF_FIRST_DELIVERY = include(
            SubmissionFields.RECEIVED,
            SubmissionFields.PROCESSED,
            SubmissionFields.VERIFICATIONS,
            SubmissionFields.VERIFICATIONS_TOTAL);

    private final MongoCollection<RawBsonDocument> collection;

    public MongoSubmissions(Generation generation) {
        this.collection = generation.collection(COLLECTION, RawBsonDocument.class);
    }

    /**
     * Inserts documents. Returns once all of them are durable, or throws and may have stored some. A document that already exists, because its
     * record was delivered again, is left unchanged.
     *
     * @return the documents that already existed, by id
     * @throws AnotherRecordStoredException if one of those is of another record
     */
    public Map<Long, FirstDelivery> insert(List<RawBsonDocument> documents) {
        if (documents.isEmpty()) {
            return Map.of();
        }
        try {
            collection.insertMany(documents, UNORDERED);
            return Map.of();
        } catch (MongoBulkWriteException e) {
            Map<Long, RawBsonDocument> there = new HashMap<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (!GuardedWrites.isTaken(error)) {
                    throw e;
                }
                RawBsonDocument document = documents.get(error.getIndex());
                there.put(id(document), document);
            }
            Map<Long, FirstDelivery> first = firstDeliveries(there.keySet());
            if (e.getWriteConcernError() != null || first.size() < there.size()) {
                throw e;
            }
            requireSame(there, first);
            return first;
        }
    }

    /** Throws if the store has another record under one of the ids, as its time tells: in its place the expected one would never be stored. */
    private static void requireSame(Map<Long, RawBsonDocument> expected, Map<Long, FirstDelivery> first) {
        expected.values().stream()
                .filter(document -> !Objects.requireNonNull(first.get(id(document)))
                        .received()
                        .equals(time(document, SubmissionFields.RECEIVED)))
                .mapToLong(MongoSubmissions::id)
                .min()
                .ifPresent(other -> {
                    throw new AnotherRecordStoredException(SubmissionId.of(other));
                });
    }

    /**
     * Takes the places of submissions that are never to be stored, if they are free. A processor that is taken for dead but still has their records
     * cannot store them any more.
     */
    public void giveUp(Collection<Long> ids) {
        BsonBuffer buffer = new BsonBuffer();
        SubmissionDocument.Target target = new SubmissionDocument.Target(buffer, buffer, NEVER);
        ids.forEach(id -> new SubmissionDocument(
                        SubmissionId.of(id), OptionalLong.empty(), NEVER, Optional.empty(), Optional.empty())
                .writeDeadLetter(target, GIVEN_UP));
        try {
            collection.insertMany(buffer.documents(), UNORDERED);
        } catch (MongoBulkWriteException e) {
            if (!GuardedWrites.areTaken(e)) {
                throw e;
            }
        }
    }

    /** Whether a record has its document, whatever that says. */
    public boolean has(SubmissionId id) {
        return collection
                        .find(eq(SubmissionFields.ID, id.value()))
                        .projection(include(SubmissionFields.ID))
                        .first()
                != null;
    }

    /** The submissions that exist among {@code ids}, by id. */
    public Map<Long, FirstDelivery> firstDeliveries(Collection<Long> ids) {
        Map<Long, FirstDelivery> first = new HashMap<>();
        for (RawBsonDocument document :
                collection.find(in(SubmissionFields.ID, new ArrayList<>(ids))).projection(OF_FIRST_DELIVERY)) {
            first.put(id(document), firstDelivery(document));
        }
        return first;
    }

    private static FirstDelivery firstDelivery(RawBsonDocument document) {
        try {
            return new FirstDelivery(
                    time(document, SubmissionFields.RECEIVED),
                    time(document, SubmissionFields.PROCESSED),
                    StatusChanges.readFrom(document));
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw new UnreadableDocumentException("submission " + id(document), e);
        }
    }

    private static Instant time(RawBsonDocument document, String field) {
        return Instant.ofEpochMilli(document.getDateTime(field).getValue());
    }

    private static long id(RawBsonDocument document) {
        return document.getInt64(SubmissionFields.ID).getValue();
    }
}
