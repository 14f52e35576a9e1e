package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.read.request.ReadMemory;
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

    // So many requests may hold a document each that larger ones need a slot in the memory of reads.
    private static final int LARGE = 64 * 1024;

    private static final Bson WITHOUT_NOTES = Projections.exclude(SubmissionFields.NOTES);
    private static final List<String> IDENTITY =
            List.of(SubmissionFields.ID, SubmissionFields.PROJECT, SubmissionFields.KIND, SubmissionFields.OF);
    private static final Bson OF_IDENTITY = Projections.include(IDENTITY);

    private final MongoCollection<RawBsonDocument> documents;
    private final MongoCollection<RawBsonDocument> ofMany;
    private final GatheredFinds<Key, FoundSubmission> finds = new GatheredFinds<>(this::findTogether, this::findAlone);

    public StoredSubmissions(Generation generation, Duration timeout) {
        this.documents = generation
                .collection(MongoSubmissions.COLLECTION, RawBsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.ofMany = documents.withTimeout(GatheredFinds.WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Key(long project, long id) {}

    /** The whole collection, with a time limit for each query. */
    public MongoCollection<RawBsonDocument> all() {
        return documents;
    }

    /** A submission of a project. Another project's submission takes as long as a missing one. */
    public Optional<FoundSubmission> find(long project, long id) {
        return finds.find(new Key(project, id));
    }

    /**
     * Answers with a submission that {@link #find} has found.
     *
     * @param memory limits how many reduced ones have their fields read at once
     * @param fields those that are read if it is reduced
     */
    public Answer answer(
            ApiRequest request,
            FoundSubmission found,
            ReadMemory memory,
            Bson fields,
            Function<RawBsonDocument, Answer> answer) {
        return switch (found) {
            case FoundSubmission.Full(RawBsonDocument document) -> answer.apply(document);
            case FoundSubmission.Reduced _ -> {
                Key key = new Key(request.project(), found.id());
                yield memory.within(
                        request,
                        () -> answer.apply(
                                read(key, fields).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND))));
            }
        };
    }

    private Optional<FoundSubmission> findAlone(Key key) {
        return read(key, OF_IDENTITY).map(FoundSubmission.Reduced::new);
    }

    private Optional<RawBsonDocument> read(Key key, Bson fields) {
        return Optional.ofNullable(
                byId(documents, ofOne(key)).projection(fields).first());
    }

    private Map<Key, FoundSubmission> findTogether(Set<Key> keys) {
        Map<Key, FoundSubmission> found = new HashMap<>();
        Bson wanted = keys.size() == 1 ? ofOne(keys.iterator().next()) : ofSeveral(keys);
        for (RawBsonDocument document : byId(ofMany, wanted).projection(WITHOUT_NOTES)) {
            Key key = new Key(document.getInt64(SubmissionFields.PROJECT).getValue(), id(document));
            boolean isLarge = document.getByteBuffer().remaining() > LARGE;
            found.put(
                    key,
                    isLarge ? new FoundSubmission.Reduced(identity(document)) : new FoundSubmission.Full(document));
        }
        return found;
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

    /** A submission of a project with its notes. */
    public Optional<RawBsonDocument> findWithNotes(long project, long id) {
        return Optional.ofNullable(byId(documents, ofOne(new Key(project, id))).first());
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

    /** A submission's id. */
    public static long id(BsonDocument submission) {
        return submission.getInt64(SubmissionFields.ID).getValue();
    }

    /** The kind of a submission. */
    public static SubmissionKind kind(BsonDocument submission) {
        return SubmissionKind.of(submission.getString(SubmissionFields.KIND).getValue());
    }

    /** The id of a duplicate's original. */
    public static long original(BsonDocument duplicate) {
        return duplicate.getInt64(SubmissionFields.OF).getValue();
    }
}
