package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.sluice.processor.generation.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are folds over submissions in log order. Each has, as its {@code position}, the id of the last submission folded into it,
 * and a change applies only to the one that it continues from. So no submission is folded twice or left out, however often records are delivered and
 * by however many processors.
 */
public final class FoldedDocuments {

    /** The id of the last submission folded into the document, 64 bits. */
    public static final String FOLDED_THROUGH = "position";

    // A failed try means that another processor made progress in the meantime, which is rare.
    private static final int TRIES = 10;
    // Keeps an operation far below its time limit even on a slow store; completed operations are not undone. This many
    // documents of 33 KB are 8 MiB.
    private static final int AT_ONCE = 250;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final MongoCollection<BsonDocument> collection;

    public FoldedDocuments(MongoCollection<BsonDocument> collection) {
        this.collection = collection;
    }

    /** The change that some submissions make to one document. */
    public interface Change {

        /** The document's {@code _id}. */
        BsonValue id();

        /** The id of the last of the submissions. */
        long last();

        /**
         * Applies the submissions after {@code through} and returns the changed values by their paths in the document, as in
         * {@code tasks.T6}.
         *
         * @param current the current document, or what {@link #ofConcern} kept of it; null if there is none yet
         * @param through the id of the last submission folded into the document; 0 if there is none yet
         */
        BsonDocument changed(@Nullable BsonDocument current, long through);

        /**
         * The parts of a stored document that the change needs, including its {@code _id} and {@link #FOLDED_THROUGH}.
         *
         * @throws BsonInvalidOperationException if they are not there, or of other types; as {@link #changed} may
         */
        default BsonDocument ofConcern(RawBsonDocument stored) {
            return stored.decode(CODEC);
        }
    }

    /** The whole document after a change. {@code current} is the stored document; null if there is none yet. */
    public static BsonDocument whole(@Nullable BsonDocument current, Change change) {
        BsonDocument whole = current == null ? new BsonDocument(SubmissionFields.ID, change.id()) : current.clone();
        fields(current, change).forEach((path, value) -> put(whole, path, value));
        return whole;
    }

    /**
     * Applies changes to different documents. Returns once all are durable, or throws and may have applied some.
     *
     * @throws UnreadableDocumentException if one of the documents cannot be read
     */
    public void apply(List<? extends Change> changes) {
        for (List<? extends Change> some : inParts(changes)) {
            applyAtOnce(some, current(some));
        }
    }

    /** As {@link #apply(List)}, but rereads only those of the {@link #read} documents, by id, that others have changed since. */
    public void apply(List<? extends Change> changes, Map<BsonValue, ? extends BsonDocument> read) {
        for (List<? extends Change> some : inParts(changes)) {
            applyAtOnce(some, read);
        }
    }

    /**
     * The current documents of the changes, reduced to what the changes need, by id. Must not be modified.
     *
     * @throws UnreadableDocumentException if one of them cannot be read
     */
    public Map<BsonValue, BsonDocument> read(List<? extends Change> changes) {
        Map<BsonValue, BsonDocument> documents = new HashMap<>();
        for (List<? extends Change> some : inParts(changes)) {
            documents.putAll(current(some));
        }
        return documents;
    }

    /** The id of the last submission folded into a document; 0 if there is none. */
    public static long foldedThrough(@Nullable BsonDocument document) {
        return document == null ? 0 : document.getInt64(FOLDED_THROUGH).getValue();
    }

    private static List<List<? extends Change>> inParts(List<? extends Change> changes) {
        List<List<? extends Change>> parts = new ArrayList<>();
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            parts.add(changes.subList(from, Math.min(changes.size(), from + AT_ONCE)));
        }
        return parts;
    }

    private void applyAtOnce(List<? extends Change> changes, Map<BsonValue, ? extends BsonDocument> known) {
        Map<BsonValue, ? extends BsonDocument> current = known;
        for (int i = 0; i < TRIES; i++) {
            if (GuardedWrites.tryAll(collection, writes(changes, current))) {
                return;
            }
            current = current(changes);
        }
        throw new ContendedDocumentsException(collection.getNamespace().getCollectionName(), TRIES);
    }

    private List<WriteModel<BsonDocument>> writes(
            List<? extends Change> changes, Map<BsonValue, ? extends BsonDocument> current) {
        List<WriteModel<BsonDocument>> writes = new ArrayList<>(changes.size());
        for (Change change : changes) {
            BsonDocument before = current.get(change.id());
            writes.add(
                    before == null
                            ? new InsertOneModel<>(whole(null, change))
                            : read(change, () -> update(before, change)));
        }
        return writes;
    }

    private static UpdateOneModel<BsonDocument> update(BsonDocument before, Change change) {
        long through = foldedThrough(before);
        // Without operators, so that the embedded store finds the document by its id.
        BsonDocument unchanged =
                new BsonDocument(SubmissionFields.ID, change.id()).append(FOLDED_THROUGH, new BsonInt64(through));
        BsonDocument fields = through < change.last() ? fields(before, change) : confirmed(through);
        return new UpdateOneModel<>(unchanged, new BsonDocument("$set", fields));
    }

    /**
     * Rewrites the position of a document that already includes the change: no majority may have the state that was read, and the next primary may
     * lack it. A write that changes nothing is acknowledged only once a majority has everything before it.
     */
    private static BsonDocument confirmed(long through) {
        return new BsonDocument(FOLDED_THROUGH, new BsonInt64(through));
    }

    /** The changed values by their paths, with the new position. */
    private static BsonDocument fields(@Nullable BsonDocument current, Change change) {
        BsonDocument fields = change.changed(current, foldedThrough(current));
        fields.put(FOLDED_THROUGH, new BsonInt64(change.last()));
        return fields;
    }

    private static void put(BsonDocument document, String path, BsonValue value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            document.put(path, value);
        } else {
            BsonDocument inner = document.getDocument(path.substring(0, dot), new BsonDocument());
            put(inner, path.substring(dot + 1), value);
            document.put(path.substring(0, dot), inner);
        }
    }

    private Map<BsonValue, BsonDocument> current(List<? extends Change> changes) {
        Map<BsonValue, Change> byId = new HashMap<>();
        changes.forEach(change -> byId.put(change.id(), change));
        Map<BsonValue, BsonDocument> current = new HashMap<>();
        // One more than can be found, because MongoDB does not know that a full batch is the last one.
        for (RawBsonDocument document :
                collection.find(ofAny(changes), RawBsonDocument.class).batchSize(AT_ONCE + 1)) {
            BsonValue id = document.get(SubmissionFields.ID);
            Change change = byId.get(id);
            if (change != null) {
                current.put(id, read(change, () -> change.ofConcern(document)));
            }
        }
        return current;
    }

    /** Names the document that a change cannot be applied to. */
    private <T> T read(Change change, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (BsonInvalidOperationException e) {
            throw UnreadableDocumentException.of(collection.getNamespace().getCollectionName(), change.id(), e);
        }
    }

    private static Bson ofAny(List<? extends Change> changes) {
        return in(SubmissionFields.ID, changes.stream().map(Change::id).toList());
    }
}
