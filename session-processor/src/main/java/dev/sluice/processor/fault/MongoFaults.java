package dev.sluice.processor.fault;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.store.ContendedDocumentsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * The records that our own code fails on, in one MongoDB collection, some of them set aside. A record that is not set aside is stored only after
 * its fault is withdrawn, and only a fault that is there can be set aside, so none is both. Setting aside is a human decision that is not in the
 * log, so faults belong to no generation of the projection. Thread-safe; every call takes bounded time.
 */
public final class MongoFaults implements SetAside {

    /** The collection's name. A document's {@code _id} is the submission's. */
    public static final String COLLECTION = "faults";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String ID = "_id";
    private static final String FAULT = "fault";
    private static final BsonString UNKNOWN = new BsonString("unknown");
    private static final String SINCE = "since";
    private static final String REASON = "reason";
    private static final String BY = "by";
    private static final String DECIDED = "decided";
    private static final Bson IS_OPEN = exists(REASON, false);
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoCollection<BsonDocument> documents;
    private volatile Known known = new Known(Set.of(), Map.of());

    private record Known(Set<Long> open, Map<Long, String> setAside) {}

    public MongoFaults(MongoDatabase database) {
        this.documents = database.getCollection(COLLECTION, BsonDocument.class)
                .withTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads them from the store, and goes by that until the next call. They are few: each is a bug that somebody has to look at.
     *
     * @return whether other records are set aside than at the last call
     */
    public boolean refresh() {
        Set<Long> open = new HashSet<>();
        Map<Long, String> setAside = new HashMap<>();
        for (BsonDocument document : documents.find()) {
            try {
                long id = document.getInt64(ID).getValue();
                if (document.containsKey(REASON)) {
                    setAside.put(id, document.getString(REASON).getValue());
                } else {
                    open.add(id);
                }
            } catch (BsonInvalidOperationException e) {
                throw UnreadableDocumentException.of(COLLECTION, document, e);
            }
        }
        boolean isOther = !setAside.equals(known.setAside());
        known = new Known(open, setAside);
        return isOther;
    }

    /**
     * Of the {@code wanted} records, those that our code fails on and that are not set aside, at most as many as there can be partitions, in the
     * order of their ids.
     */
    public List<Fault> open(Predicate<SubmissionId> wanted) {
        List<Fault> faults = new ArrayList<>();
        for (BsonDocument document : documents.find(IS_OPEN).sort(ascending(ID))) {
            Fault fault = read(document);
            if (faults.size() < SubmissionId.MAX_PARTITIONS && wanted.test(fault.id())) {
                faults.add(fault);
            }
        }
        return faults;
    }

    private static Fault read(BsonDocument document) {
        try {
            return new Fault(
                    SubmissionId.of(document.getInt64(ID).getValue()),
                    document.getString(FAULT, UNKNOWN).getValue(),
                    Instant.ofEpochMilli(document.getDateTime(SINCE).getValue()));
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw UnreadableDocumentException.of(COLLECTION, document, e);
        }
    }

    @Override
    public Optional<String> reason(SubmissionId id) {
        return Optional.ofNullable(known.setAside().get(id.value()));
    }

    /** Notes that our code fails on a record, and how, from when on it can be set aside. */
    public void note(SubmissionId id, String fault, Instant since) {
        if (!known.open().contains(id.value())) {
            Bson noted = combine(setOnInsert(FAULT, fault), setOnInsert(SINCE, Date.from(since)));
            documents.updateOne(eq(ID, id.value()), noted, UPSERT);
        }
    }

    /** Of records that are about to be stored, withdraws the faults. Throws if one of them was set aside meanwhile. */
    public void withdraw(Stream<SubmissionId> records) {
        Set<Long> open = known.open();
        if (open.isEmpty()) {
            return;
        }
        List<Long> withdrawn =
                records.map(SubmissionId::value).filter(open::contains).toList();
        if (!withdrawn.isEmpty()
                && documents.deleteMany(and(in(ID, withdrawn), IS_OPEN)).getDeletedCount() < withdrawn.size()) {
            throw new ContendedDocumentsException(
                    "a record that was to be stored was set aside, or is being stored by another processor");
        }
    }

    /**
     * Sets a record aside. Returns once the store has acknowledged that.
     *
     * @param by the id of the user who has decided it
     * @return false if our code does not fail on it, or it is set aside already
     */
    public boolean setAside(SubmissionId id, String reason, long by, Instant decided) {
        Bson decision = combine(set(REASON, reason), set(BY, by), set(DECIDED, Date.from(decided)));
        return documents.updateOne(and(eq(ID, id.value()), IS_OPEN), decision).getMatchedCount() > 0;
    }
}
