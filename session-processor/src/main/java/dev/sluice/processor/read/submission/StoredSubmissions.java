package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.FindIterable;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The documents of submissions, by id. Every question ends within a time of its own. Thread-safe. */
public final class StoredSubmissions {

    private static final Bson WITHOUT_NOTES = Projections.exclude(SubmissionFields.NOTES);
    private static final Bson WHAT_IT_IS =
            Projections.include(SubmissionFields.PROJECT, SubmissionFields.KIND, SubmissionFields.OF);

    private final MongoCollection<RawBsonDocument> documents;
    private final MongoCollection<RawBsonDocument> ofMany;
    private final GatheredFinds<Key, RawBsonDocument> finds = new GatheredFinds<>(this::findTogether, this::findAlone);

    public StoredSubmissions(Generation generation, Duration timeout) {
        this.documents = generation
                .collection(MongoSubmissions.COLLECTION, RawBsonDocument.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.ofMany = documents.withTimeout(GatheredFinds.WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Key(long project, long id) {}

    /** All of a collection's documents, each question bounded in time. */
    public MongoCollection<RawBsonDocument> all() {
        return documents;
    }

    /** A submission of a project, without its notes. What another project has under the id takes as long as what is not there. */
    public Optional<RawBsonDocument> find(long project, long id) {
        return finds.find(new Key(project, id));
    }

    private Optional<RawBsonDocument> findAlone(Key key) {
        return Optional.ofNullable(find(documents, ofOne(key)).first());
    }

    private Map<Key, RawBsonDocument> findTogether(Set<Key> keys) {
        Map<Key, RawBsonDocument> found = new HashMap<>();
        Bson wanted = keys.size() == 1 ? ofOne(keys.iterator().next()) : ofSeveral(keys);
        for (RawBsonDocument document : find(ofMany, wanted)) {
            found.put(new Key(document.getInt64(SubmissionFields.PROJECT).getValue(), id(document)), document);
        }
        return found;
    }

    private static FindIterable<RawBsonDocument> find(MongoCollection<RawBsonDocument> documents, Bson wanted) {
        return documents.find(wanted).hintString(StoreIndexes.BY_ID).projection(WITHOUT_NOTES);
    }

    /** Without {@code $and}, as which the driver writes it: the embedded store then finds it by its id. */
    private static Bson ofOne(Key key) {
        return new BsonDocument(SubmissionFields.ID, new BsonInt64(key.id()))
                .append(SubmissionFields.PROJECT, new BsonInt64(key.project()));
    }

    /** Each in its project only: what one asks of another's project must not be sent because somebody else asks something of that too. */
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
    public static long original(BsonDocument duplicate) {
        return duplicate.getInt64(SubmissionFields.OF).getValue();
    }
}
