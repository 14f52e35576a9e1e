package dev.sluice.processor.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Which generation of the projection is live, and the state of the others, in one small document: each step is one conditional write that fails
 * if another process was first. A store that was never rebuilt has no such document. Thread-safe; every call takes bounded time.
 */
public final class Generations {

    public static final String COLLECTION = "projection";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int FIRST = 1;
    private static final String ID = "live";
    private static final Bson THE_ONE = eq("_id", ID);
    private static final String LIVE = "generation";
    private static final String LAST = "last";
    // Not written yet, because there is only one.
    private static final String FORM = "form";
    private static final int NEWEST_FORM = 1;
    private static final String RETIRED = "retired";
    private static final String REBUILD = "rebuild";
    private static final String NUMBER = REBUILD + ".generation";
    private static final String OWNER = REBUILD + ".owner";

    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    public Generations(MongoDatabase database) {
        this(database, TIMEOUT);
    }

    public Generations(MongoDatabase database, Duration timeout) {
        this.database = database;
        this.collection = database.getCollection(COLLECTION, Document.class)
                .withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The state of all generations.
     *
     * @param live the generation that is read from and processed into
     * @param last the highest number ever given to a generation
     * @param unfinished a generation that is being filled or was left incomplete
     * @param retired generations that were once live, or were given up, and still exist
     */
    public record State(int live, int last, Optional<Unfinished> unfinished, List<Integer> retired) {

        public State {
            if (live < FIRST || live > last) {
                throw new IllegalArgumentException("generation " + live + " is live, and the last one is " + last
                        + ": expected " + FIRST + " to " + last);
            }
        }
    }

    /** A generation that is not complete, and the rebuild that took it last. */
    public record Unfinished(int generation, String owner) {}

    public MongoDatabase database() {
        return database;
    }

    public Generation of(int number) {
        return new Generation(database, number);
    }

    /** The live generation; throws an {@link UnreadableDocumentException} if the document does not tell. */
    public Generation live() {
        return read(of(FIRST), document -> of(number(document, LIVE)));
    }

    /**
     * The current state of all generations.
     *
     * @throws UnreadableDocumentException if the document does not tell
     */
    public State state() {
        return read(new State(FIRST, FIRST, Optional.empty(), List.of()), Generations::state);
    }

    private static State state(BsonDocument document) {
        return new State(
                number(document, LIVE),
                number(document, LAST),
                document.containsKey(REBUILD)
                        ? Optional.of(unfinished(document.getDocument(REBUILD)))
                        : Optional.empty(),
                document.getArray(RETIRED, new BsonArray()).stream()
                        .map(retired -> retired.asInt32().getValue())
                        .toList());
    }

    private static Unfinished unfinished(BsonDocument rebuild) {
        requireKnown(rebuild);
        return new Unfinished(
                number(rebuild, "generation"), rebuild.getString("owner").getValue());
    }

    private static int number(BsonDocument document, String field) {
        return document.getInt32(field).getValue();
    }

    /** Throws if a generation's documents have a form that only a newer version knows. */
    private static void requireKnown(BsonDocument generation) {
        int form = generation.getInt32(FORM, new BsonInt32(NEWEST_FORM)).getValue();
        if (form > NEWEST_FORM) {
            throw new IllegalArgumentException(
                    "a generation's documents have form " + form + ": expected at most " + NEWEST_FORM);
        }
    }

    private <T> T read(T ofNone, Function<BsonDocument, T> reading) {
        BsonDocument found =
                collection.withDocumentClass(BsonDocument.class).find(THE_ONE).first();
        try {
            if (found == null) {
                return ofNone;
            }
            requireKnown(found);
            return reading.apply(found);
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw UnreadableDocumentException.of(COLLECTION, new BsonString(ID), e);
        }
    }

    /** Gives the next number to a generation that {@code owner} will fill; false if the state has changed. */
    public boolean begin(State before, String owner) {
        makeSureThereIsOne();
        int number = before.last() + 1;
        return change(
                and(eq(LIVE, before.live()), eq(LAST, before.last()), eq(REBUILD, null)),
                combine(set(LAST, number), set(REBUILD, new Document("generation", number).append("owner", owner))));
    }

    /** Gives an unfinished generation to a new owner; false if it is not unfinished any more. */
    public boolean takeOver(int generation, String owner) {
        return change(eq(NUMBER, generation), set(OWNER, owner));
    }

    /** Makes an unfinished generation live and retires the former one; false if the caller no longer is the owner. */
    public boolean goLive(int from, int generation, String owner) {
        return change(
                and(eq(LIVE, from), ownedBy(generation, owner)),
                combine(set(LIVE, generation), unset(REBUILD), addToSet(RETIRED, from)));
    }

    /** Retires an unfinished generation; false if the caller no longer is the owner. */
    public boolean giveUp(int generation, String owner) {
        return change(ownedBy(generation, owner), combine(unset(REBUILD), addToSet(RETIRED, generation)));
    }

    public void forget(int retired) {
        collection.updateOne(THE_ONE, pull(RETIRED, retired));
    }

    private static Bson ownedBy(int generation, String owner) {
        return and(eq(NUMBER, generation), eq(OWNER, owner));
    }

    private boolean change(Bson condition, Bson change) {
        return collection.updateOne(and(THE_ONE, condition), change).getMatchedCount() == 1;
    }

    private void makeSureThereIsOne() {
        try {
            collection.insertOne(new Document("_id", ID)
                    .append(LIVE, FIRST)
                    .append(LAST, FIRST)
                    .append(RETIRED, List.of()));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }
}
