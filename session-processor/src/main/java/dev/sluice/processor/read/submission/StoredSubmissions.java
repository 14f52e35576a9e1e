package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The documents of submissions, by id. Every query takes bounded time. Thread-safe. */
public final class StoredSubmissions {

    // So many requests may hold a document each that larger ones need a slot of large reads.
    private static final int LARGE = 64 * 1024;

    private static final int ALONE_AT_ONCE = 32;
    private static final Duration ALONE_PATIENCE = Duration.ofSeconds(2);

    private static final Bson WITHOUT_NOTES = Projections.exclude(SubmissionFields.NOTES);
    private static final List<String> IDENTITY =
            List.of(SubmissionFields.ID, SubmissionFields.PROJECT, SubmissionFields.KIND, SubmissionFields.OF);
    private static final Bson OF_IDENTITY = Projections.include(IDENTITY);

    private final MongoCollection<RawBsonDocument> documents;
    private final MongoCollection<RawBsonDocument> ofMany;
    private final GatheredFinds<Key, FoundSubmission> finds;
    private final SharedSlots alone = new SharedSlots(ALONE_AT_ONCE, ALONE_PATIENCE, "lookups of single ids");
    private final KnownLarge<Key> large = new KnownLarge<>();

    public StoredSubmissions(Generation generation) {
        this(generation, GatheredFinds.WITHIN);
    }

    /**
     * @param within the time limit of a query for several ids, and of the wait for its turn
     */
    StoredSubmissions(Generation generation, Duration within) {
        this.documents = generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class);
        this.ofMany = documents.withTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
        this.finds = new GatheredFinds<>(this::findTogether, within);
    }

    private record Key(long project, long id) {}

    public MongoCollection<RawBsonDocument> all() {
        return documents;
    }

    /**
     * A submission of a project. Another project's submission takes as long as a missing one.
     *
     * @throws ProblemException 429 or 503 if it must be looked up alone and too many are already
     */
    public Optional<FoundSubmission> find(String caller, long project, long id) {
        Key key = new Key(project, id);
        Optional<FoundSubmission> known = large.find(key);
        return known.isPresent() ? known : finds.find(key, one -> alone.within(caller, () -> findAlone(one)));
    }

    /**
     * Answers with a submission that {@link #find} has found.
     *
     * @param largeReads limits how many reduced ones have their fields read at once
     * @param fields those that are read if it is reduced
     */
    public Answer answer(
            ApiRequest request,
            FoundSubmission found,
            SharedSlots largeReads,
            Bson fields,
            Function<RawBsonDocument, Answer> answer) {
        return switch (found) {
            case FoundSubmission.Full(RawBsonDocument document) -> answer.apply(document);
            case FoundSubmission.Reduced reduced ->
                largeReads.within(request.caller().id(), () -> {
                    RawBsonDocument document = read(request.project(), reduced, fields);
                    if (isLarge(document)) {
                        large.add(new Key(request.project(), reduced.id()), reduced);
                    }
                    return answer.apply(document);
                });
        };
    }

    /**
     * Some fields of a submission that {@link #find} has found.
     *
     * @throws ProblemException 503 if the store does not have it any more
     */
    public RawBsonDocument read(long project, FoundSubmission found, Bson fields) {
        Key key = new Key(project, found.id());
        return query(key, fields).orElseThrow(() -> {
            large.forget(key);
            return ProblemException.unavailable("The store was restored meanwhile. Try again shortly.");
        });
    }

    private Optional<FoundSubmission> findAlone(Key key) {
        return query(key, OF_IDENTITY).map(FoundSubmission.Reduced::new);
    }

    private Optional<RawBsonDocument> query(Key key, Bson fields) {
        return Optional.ofNullable(
                byId(documents, ofOne(key)).projection(fields).first());
    }

    /** Reads one reply of MongoDB, and no more: only large submissions do not fit into it. Those that it did not reach are left out. */
    private Map<Key, Optional<FoundSubmission>> findTogether(Set<Key> keys) {
        Map<Key, Optional<FoundSubmission>> found = new HashMap<>();
        Bson wanted = keys.size() == 1 ? ofOne(keys.iterator().next()) : ofSeveral(keys);
        try (MongoCursor<RawBsonDocument> reply =
                byId(ofMany, wanted).projection(WITHOUT_NOTES).cursor()) {
            while (reply.available() > 0) {
                RawBsonDocument document = reply.next();
                Key key = new Key(document.getInt64(SubmissionFields.PROJECT).getValue(), id(document));
                found.put(
                        key,
                        Optional.of(isLarge(document) ? reduced(key, document) : new FoundSubmission.Full(document)));
            }
            if (reply.getServerCursor() == null) {
                keys.forEach(key -> found.putIfAbsent(key, Optional.empty()));
            }
        }
        return found;
    }

    private FoundSubmission reduced(Key key, RawBsonDocument document) {
        FoundSubmission.Reduced reduced = new FoundSubmission.Reduced(identity(document));
        large.add(key, reduced);
        return reduced;
    }

    private static boolean isLarge(RawBsonDocument document) {
        return document.getByteBuffer().remaining() > LARGE;
    }

    private static FindIterable<RawBsonDocument> byId(MongoCollection<RawBsonDocument> documents, Bson wanted) {
        return documents.find(wanted).hintString(StoreIndexes.BY_ID);
    }

    private static BsonDocument identity(RawBsonDocument document) {
        BsonDocument identity = new BsonDocument();
        for (String field : IDENTITY) {
            BsonValue value = document.get(field);
            if (value != null) {
                identity.put(field, value);
            }
        }
        return identity;
    }

    /** Without the {@code $and} of the driver, so that the embedded store finds the document by its id. */
    private static Bson ofOne(Key key) {
        return new BsonDocument(SubmissionFields.ID, new BsonInt64(key.id()))
                .append(SubmissionFields.PROJECT, new BsonInt64(key.project()));
    }

    /** Pairs each id with its project, so that a query for one project never returns another's submission to a different caller. */
    private static Bson ofSeveral(Set<Key> keys) {
        List<BsonDocument> pairs = keys.stream()
                .map(key -> pair(new BsonInt64(key.id()), new BsonInt64(key.project())))
                .toList();
        BsonDocument pair =
                pair(new BsonString("$" + SubmissionFields.ID), new BsonString("$" + SubmissionFields.PROJECT));
        BsonDocument known = new BsonDocument("$literal", new BsonArray(pairs));
        return new BsonDocument(SubmissionFields.ID, oneOf(keys, Key::id))
                .append(SubmissionFields.PROJECT, oneOf(keys, Key::project))
                .append("$expr", new BsonDocument("$in", new BsonArray(List.of(pair, known))));
    }

    private static BsonDocument pair(BsonValue id, BsonValue project) {
        return new BsonDocument("id", id).append("project", project);
    }

    private static BsonDocument oneOf(Set<Key> keys, ToLongFunction<Key> field) {
        return new BsonDocument(
                "$in",
                new BsonArray(keys.stream()
                        .mapToLong(field)
                        .distinct()
                        .mapToObj(BsonInt64::new)
                        .toList()));
    }

    /** For each existing submission: its project, its kind and, for a duplicate, its original. */
    public Map<Long, BsonDocument> identities(Collection<Long> ids) {
        Map<Long, BsonDocument> found = new HashMap<>();
        if (!ids.isEmpty()) {
            for (RawBsonDocument document :
                    documents.find(in(SubmissionFields.ID, ids)).projection(OF_IDENTITY)) {
                found.put(id(document), document);
            }
        }
        return found;
    }

    public static long id(BsonDocument submission) {
        return submission.getInt64(SubmissionFields.ID).getValue();
    }

    public static SubmissionKind kind(BsonDocument submission) {
        return SubmissionKind.of(submission.getString(SubmissionFields.KIND).getValue());
    }

    public static long original(BsonDocument duplicate) {
        return duplicate.getInt64(SubmissionFields.OF).getValue();
    }
}
