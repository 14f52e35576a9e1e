package dev.sluice.processor.breaker;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.UnreadableDocumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;

/**
 * The stopped partitions, in one MongoDB collection, so that every processor sees them and they survive restarts. Resuming is a human decision
 * that is not in the log, so halts belong to no generation of the projection. Thread-safe; every call takes bounded time.
 */
public final class MongoHalts {

    /** The collection's name. A document's {@code _id} is the partition. */
    public static final String COLLECTION = "halts";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String ID = "_id";
    private static final String POSITION = "position";
    private static final String REASON = "reason";
    private static final String SINCE = "since";
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoCollection<Document> documents;
    private final IdBase ids;

    public MongoHalts(MongoDatabase database, IdBase ids) {
        this.ids = ids;
        this.documents = database.getCollection(COLLECTION).withTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All halts, ordered by partition. */
    public List<Halt> all() {
        List<Halt> halts = new ArrayList<>();
        for (BsonDocument document :
                documents.withDocumentClass(BsonDocument.class).find()) {
            Halt halt = read(document);
            // A halt of a former topic does not stop this one.
            if (halt.offset() >= 0) {
                halts.add(halt);
            }
        }
        halts.sort(Comparator.comparing(Halt::partition));
        return halts;
    }

    private Halt read(BsonDocument document) {
        try {
            return new Halt(
                    document.getInt32(ID).getValue(),
                    ids.offset(document.getInt64(POSITION).getValue()),
                    document.getString(REASON).getValue(),
                    Instant.ofEpochMilli(document.getDateTime(SINCE).getValue()));
        } catch (BsonInvalidOperationException e) {
            throw UnreadableDocumentException.of(COLLECTION, document, e);
        }
    }

    /** The halt that keeps a submission from being processed, if there is one. */
    public Optional<Halt> before(SubmissionId place) {
        return all().stream()
                .filter(halt ->
                        halt.partition() == place.partition() && ids.position(halt.offset()) <= place.position())
                .findFirst();
    }

    /** Stores a halt. Returns once it is durable. */
    void put(Halt halt) {
        Document document = new Document(ID, halt.partition())
                .append(POSITION, ids.position(halt.offset()))
                .append(REASON, halt.reason())
                .append(SINCE, Date.from(halt.since()));
        documents.replaceOne(eq(ID, halt.partition()), document, UPSERT);
    }

    /**
     * Resumes the partition.
     *
     * @return whether it was still stopped at this halt
     */
    public boolean remove(Halt halt) {
        return documents
                        .deleteOne(and(eq(ID, halt.partition()), eq(POSITION, ids.position(halt.offset()))))
                        .getDeletedCount()
                > 0;
    }
}
