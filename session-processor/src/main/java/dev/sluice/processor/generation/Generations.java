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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Which generation of the projection is live, and the state of the others, in one small document: each step is one conditional write that fails
 * if another process was first. A store that was never rebuilt has no such document. Thread-safe; every call takes bounded time.
 */
public final class Generations {

    /** The collection's name. */
    public static final String COLLECTION = "projection";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Bson THE_ONE = eq("_id", "live");
    private static final String LIVE = "generation";
    private static final String LAST = "last";
    private static final String RETIRED = "retired";
    private static final String REBUILD = "rebuild";
    private static final String NUMBER = REBUILD + ".generation";
    private static final String OWNER = REBUILD + ".owner";

    private final MongoTemplate mongo;
    private final MongoCollection<Document> collection;

    public Generations(MongoTemplate mongo) {
        this(mongo, TIMEOUT);
    }

    /**
     * @param timeout the time limit of each operation
     */
    public Generations(MongoTemplate mongo, Duration timeout) {
        this.mongo = mongo;
        this.collection = mongo.getDb()
                .getCollection(COLLECTION, Document.class)
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
    public record State(int live, int last, Optional<Unfinished> unfinished, List<Integer> retired) {}

    /**
     * A generation that is not complete.
     *
     * @param generation its number
     * @param owner the rebuild that took it last
     */
    public record Unfinished(int generation, String owner) {}

    /** The database. */
    public MongoTemplate mongo() {
        return mongo;
    }

    /** The generation with a number. */
    public Generation of(int number) {
        return new Generation(mongo, number);
    }

    /** The live generation. */
    public Generation live() {
        return of(state().live());
    }

    /** The current state of all generations. */
    public State state() {
        Document found = collection.find(THE_ONE).first();
        if (found == null) {
            return new State(1, 1, Optional.empty(), List.of());
        }
        Document rebuild = found.get(REBUILD, Document.class);
        return new State(
                found.getInteger(LIVE),
                found.getInteger(LAST),
                Optional.ofNullable(rebuild)
                        .map(known -> new Unfinished(known.getInteger("generation"), known.getString("owner"))),
                List.copyOf(found.getList(RETIRED, Integer.class, List.of())));
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

    /** Forgets a retired generation whose collections are dropped. */
    public void forget(int retired) {
        collection.updateOne(THE_ONE, pull(RETIRED, retired));
    }

    private static Bson ownedBy(int generation, String owner) {
        return and(eq(NUMBER, generation), eq(OWNER, owner));
    }

    /** Changes the document if the condition holds; returns whether it did. */
    private boolean change(Bson condition, Bson change) {
        return collection.updateOne(and(THE_ONE, condition), change).getMatchedCount() == 1;
    }

    private void makeSureThereIsOne() {
        try {
            collection.insertOne(
                    new Document("_id", "live").append(LIVE, 1).append(LAST, 1).append(RETIRED, List.of()));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }
}
