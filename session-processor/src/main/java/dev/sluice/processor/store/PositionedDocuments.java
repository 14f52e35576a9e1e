package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Documents of which each is a fold over submissions in the order of the log, and says with its {@code position} which submission went
 * into it last. A document is only ever changed while it has the position that the change goes on from, so that no submission goes into one twice
 * and none is left out, however often records are delivered and by however many processors at once.
 */
public final class PositionedDocuments {

    /** The id of the submission that went into the document last, 64 bits. */
    public static final String POSITION = "position";

    // Each try that does not get through means that another processor got further meanwhile; there is rarely even one.
    private static final int TRIES = 10;
    // What one operation takes stays far below the time it may take, on a slow store too; what is done stays done. And
    // what comes at once of documents of 33 KB is 8 MiB.
    private static final int AT_ONCE = 250;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final MongoCollection<BsonDocument> collection;

    public PositionedDocuments(MongoCollection<BsonDocument> collection) {
        this.collection = collection;
    }

    /** What some submissions do to one document. */
    public interface Change {

        /** The document's {@code _id}. */
        BsonValue id();

        /** The id of the last of the submissions. */
        long last();

        /**
         * What is different in the document after those of the submissions that come after {@code position}: values by where they are in it,
         * as in {@code tasks.T6}.
         *
         * @param current the document as it is, or what {@link #ofConcern} left of it; null if there is none yet
         * @param position that of the document, 0 if there is none yet
         */
        BsonDocument changed(@Nullable BsonDocument current, long position);

        /** What has to be known of a stored document: its {@code _id} and position, and what the change goes by. */
        default BsonDocument ofConcern(RawBsonDocument stored) {
            return stored.decode(CODEC);
        }
    }

    /** The whole document after a change; {@code current} as it is, null if there is none yet. */
    public static BsonDocument after(@Nullable BsonDocument current, Change change) {
        BsonDocument after = current == null ? new BsonDocument(SubmissionFields.ID, change.id()) : current.clone();
        changed(current, change).forEach((path, value) -> put(after, path, value));
        return after;
    }

    /** Returns once all changes are in their documents for good, or throws, and some may be. Each change has a document of its own. */
    public void apply(List<? extends Change> changes) {
        for (List<? extends Change> some : inParts(changes)) {
            applyAtOnce(some, current(some));
        }
    }

    /** As {@link #apply(List)}, with documents that have been {@link #read}, by their ids: nothing is read again that nobody has changed. */
    public void apply(List<? extends Change> changes, Map<BsonValue, ? extends BsonDocument> read) {
        for (List<? extends Change> some : inParts(changes)) {
            applyAtOnce(some, read);
        }
    }

    /** The changes' documents as they are, as far as they are of concern, by their ids; for reading only. */
    public Map<BsonValue, BsonDocument> read(List<? extends Change> changes) {
        Map<BsonValue, BsonDocument> documents = new HashMap<>();
        for (List<? extends Change> some : inParts(changes)) {
            documents.putAll(current(some));
        }
        return documents;
    }

    /** How far a document is; 0 if there is none. */
    public static long position(@Nullable BsonDocument document) {
        return document == null ? 0 : document.getInt64(POSITION).getValue();
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

    private static List<WriteModel<BsonDocument>> writes(
            List<? extends Change> changes, Map<BsonValue, ? extends BsonDocument> current) {
        List<WriteModel<BsonDocument>> writes = new ArrayList<>(changes.size());
        for (Change change : changes) {
            BsonDocument before = current.get(change.id());
            writes.add(
                    before == null
                            ? new InsertOneModel<>(after(null, change))
                            : new UpdateOneModel<>(
                                    at(change, position(before)), new BsonDocument("$set", set(before, change))));
        }
        return writes;
    }

    /**
     * Of a document that is as far already only its position, as it is: what was read of it may be what no majority has, and be gone with the
     * next primary. A write that changes nothing is acknowledged when a majority has all that was there before it, and not if that is gone.
     */
    private static BsonDocument set(BsonDocument before, Change change) {
        long position = position(before);
        return position < change.last() ? changed(before, change) : new BsonDocument(POSITION, new BsonInt64(position));
    }

    /** Without operators: the embedded store then finds it by its id. */
    private static BsonDocument at(Change change, long position) {
        return new BsonDocument(SubmissionFields.ID, change.id()).append(POSITION, new BsonInt64(position));
    }

    private static BsonDocument changed(@Nullable BsonDocument current, Change change) {
        BsonDocument changed = change.changed(current, position(current));
        changed.put(POSITION, new BsonInt64(change.last()));
        return changed;
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
        // One more than there can be: of a batch that is just full MongoDB does not know that it is the last one.
        for (RawBsonDocument document :
                collection.find(ofAny(changes), RawBsonDocument.class).batchSize(AT_ONCE + 1)) {
            BsonValue id = document.get(SubmissionFields.ID);
            Change change = byId.get(id);
            if (change != null) {
                current.put(id, change.ofConcern(document));
            }
        }
        return current;
    }

    private static Bson ofAny(List<? extends Change> changes) {
        return in(SubmissionFields.ID, changes.stream().map(Change::id).toList());
    }
}
