package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Looks up the outcomes of submissions that later ones name. */
public final class EarlierSubmissions {

    /** The fields of a submission's document that tell what became of it. */
    public static final List<String> WHAT_BECAME = List.of(
            SubmissionFields.ID,
            SubmissionFields.KIND,
            SubmissionFields.PROJECT,
            SubmissionFields.ANALYSIS_TYPE,
            SubmissionFields.OF,
            SubmissionFields.RESUBMISSION_OF,
            SubmissionFields.KEY);

    private final Function<Collection<Long>, Map<Long, BsonDocument>> documents;

    /** Looks submissions up in a generation. */
    public static EarlierSubmissions of(Generation generation) {
        MongoCollection<RawBsonDocument> collection =
                generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class);
        return new EarlierSubmissions(ids -> documents(collection, ids));
    }

    /**
     * @param documents looks up documents by their ids, at least with the fields {@link #WHAT_BECAME}
     */
    public EarlierSubmissions(Function<Collection<Long>, Map<Long, BsonDocument>> documents) {
        this.documents = documents;
    }

    /**
     * The outcomes of the submissions that exist and belong to a project, by id.
     *
     * @throws UnreadableDocumentException if one of their documents does not tell
     */
    public Map<Long, EarlierSubmission> find(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Long, BsonDocument> found = documents.apply(ids);
        // The original of a duplicate is always a session or a note, never another duplicate.
        List<Long> repeated = found.values().stream()
                .filter(document ->
                        document.containsKey(SubmissionFields.PROJECT) && document.containsKey(SubmissionFields.OF))
                .map(document ->
                        read(document, it -> it.getInt64(SubmissionFields.OF)).getValue())
                .toList();
        Map<Long, BsonDocument> originals = repeated.isEmpty() ? Map.of() : documents.apply(repeated);
        originals.values().forEach(EarlierSubmissions::requireReadable);
        Map<Long, EarlierSubmission> earlier = new HashMap<>();
        found.forEach((id, document) -> {
            if (document.containsKey(SubmissionFields.PROJECT)) {
                earlier.put(id, read(document, it -> earlier(it, originals)));
            }
        });
        return earlier;
    }

    /** Throws an {@link UnreadableDocumentException} if a document does not tell what became of its submission. */
    public static void requireReadable(BsonDocument document) {
        read(document, it -> isOfNoProject(it) ? it : earlier(it, Map.of()));
    }

    private static boolean isOfNoProject(BsonDocument document) {
        return kind(document) == SubmissionKind.DEAD_LETTER && !document.containsKey(SubmissionFields.PROJECT);
    }

    private static <T> T read(BsonDocument document, Function<BsonDocument, T> reading) {
        try {
            return reading.apply(document);
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw new UnreadableDocumentException(
                    "submission " + document.getInt64(SubmissionFields.ID).getValue(), e);
        }
    }

    /** The fields of documents that outcomes are read from, by the documents' ids. */
    public static Map<Long, BsonDocument> documents(MongoCollection<RawBsonDocument> collection, Collection<Long> ids) {
        Map<Long, BsonDocument> documents = new HashMap<>();
        for (RawBsonDocument document :
                collection.find(in(SubmissionFields.ID, new ArrayList<>(ids))).projection(include(WHAT_BECAME))) {
            if (document.isInt64(SubmissionFields.ID)) {
                documents.put(document.getInt64(SubmissionFields.ID).getValue(), document);
            }
        }
        return documents;
    }

    private static EarlierSubmission earlier(BsonDocument document, Map<Long, BsonDocument> originals) {
        OptionalLong of = int64(document, SubmissionFields.OF);
        BsonDocument original = of.isPresent() ? originals.get(of.getAsLong()) : document;
        return new EarlierSubmission(
                document.getInt64(SubmissionFields.PROJECT).getValue(),
                stored(original),
                session(original),
                int64(document, SubmissionFields.RESUBMISSION_OF),
                document.containsKey(SubmissionFields.KEY)
                        ? Optional.of(document.getString(SubmissionFields.KEY).getValue())
                        : Optional.empty(),
                kind(document) == SubmissionKind.DEAD_LETTER);
    }

    private static OptionalLong stored(@Nullable BsonDocument document) {
        return document != null
                        && switch (kind(document)) {
                            case SESSION, NOTE -> true;
                            case DUPLICATE, REJECTED, DEAD_LETTER -> false;
                        }
                ? int64(document, SubmissionFields.ID)
                : OptionalLong.empty();
    }

    private static Optional<String> session(@Nullable BsonDocument document) {
        return document != null && kind(document) == SubmissionKind.SESSION
                ? Optional.of(document.getString(SubmissionFields.ANALYSIS_TYPE).getValue())
                : Optional.empty();
    }

    private static SubmissionKind kind(BsonDocument document) {
        return SubmissionKind.of(document.getString(SubmissionFields.KIND).getValue());
    }

    private static OptionalLong int64(BsonDocument document, String field) {
        return document.containsKey(field)
                ? OptionalLong.of(document.getInt64(field).getValue())
                : OptionalLong.empty();
    }
}
