package dev.sluice.processor.source;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.GuardedWrites;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;

/** The log that a store is filled from, remembered in one document, and the store's progress with it. */
public final class MongoSourceLog {

    /** The collection's name. It holds facts about the whole installation. */
    public static final String COLLECTION = "installation";

    private static final String ID = "_id";
    private static final String LOG = "log";
    private static final String TOPIC = "topic";
    private static final String PARTITIONS = "partitions";
    private static final String IDS_BASE = "ids_base";

    private final MongoDatabase database;
    private final Supplier<Generation> live;

    /** @param live supplies the generation in use at each call */
    public MongoSourceLog(MongoDatabase database, Supplier<Generation> live) {
        this.database = database;
        this.live = live;
    }

    /** The log that the store was filled from, if it remembers one. */
    Optional<SourceLog> remembered() {
        return Optional.ofNullable(collection().find(eq(ID, LOG)).first()).map(MongoSourceLog::read);
    }

    private static SourceLog read(BsonDocument document) {
        try {
            return new SourceLog(
                    document.getString(TOPIC).getValue(),
                    document.getInt32(PARTITIONS).getValue(),
                    new IdBase(document.getInt64(IDS_BASE).getValue()));
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw new UnreadableDocumentException("the document of the log that the store is filled from", e);
        }
    }

    /** Remembers another log instead of {@code before}, durably; false if another process changed it in the meantime. */
    boolean remember(Optional<SourceLog> before, SourceLog now) {
        if (before.isPresent()) {
            forgetLeaderEpochs();
            return collection()
                            .replaceOne(document(before.get()), document(now))
                            .getMatchedCount()
                    == 1;
        }
        try {
            collection().insertOne(document(now));
            return true;
        } catch (MongoWriteException e) {
            if (GuardedWrites.isTaken(e.getError())) {
                return false;
            }
            throw e;
        }
    }

    /**
     * They count the leaders of the log before. Must come before the new log is remembered: after that, nobody would do it. If the new log is not
     * remembered in the end, a lost end of the former one is not noticed until its next record is processed, and nothing else is amiss.
     */
    private void forgetLeaderEpochs() {
        new MongoProgress(live.get()).forgetLeaderEpochs();
        Generations generations = new Generations(database);
        generations
                .state()
                .unfinished()
                .ifPresent(half -> new MongoProgress(generations.of(half.generation())).forgetLeaderEpochs());
    }

    /** For each partition, the first position without an outcome. */
    Map<Integer, Long> reached() {
        return new MongoProgress(live.get()).next();
    }

    /** When the record at a position was appended, if the store has it. */
    Optional<Instant> received(int partition, long position) {
        if (position < 0) {
            return Optional.empty();
        }
        long id = SubmissionId.ofPosition(partition, position).value();
        return Optional.ofNullable(new MongoSubmissions(live.get())
                        .firstDeliveries(List.of(id))
                        .get(id))
                .map(FirstDelivery::received);
    }

    /** The first position above all ids in the store, including ids that progress has not reached yet. */
    long firstFree() {
        BsonDocument highest = live.get()
                .collection(MongoSubmissions.COLLECTION, BsonDocument.class)
                .find()
                .projection(include(SubmissionFields.ID))
                .sort(descending(SubmissionFields.ID))
                .first();
        long stored = highest == null
                ? 0
                : SubmissionId.of(highest.getInt64(SubmissionFields.ID).getValue())
                                .position()
                        + 1;
        return reached().values().stream().reduce(stored, Math::max);
    }

    private MongoCollection<BsonDocument> collection() {
        return database.getCollection(COLLECTION, BsonDocument.class);
    }

    private static BsonDocument document(SourceLog log) {
        return new BsonDocument(ID, new BsonString(LOG))
                .append(TOPIC, new BsonString(log.topic()))
                .append(PARTITIONS, new BsonInt32(log.partitions()))
                .append(IDS_BASE, new BsonInt64(log.ids().value()));
    }
}
