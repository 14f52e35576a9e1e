package dev.sluice.processor.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Submissions in one MongoDB collection. Reads end within a time of their own, writes within the client's. */
public final class MongoSubmissions implements Submissions {

    /** The collection's name. */
    public static final String COLLECTION = "submissions";

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
    private static final Bson WITHOUT_NOTES = include(
            SubmissionFields.KIND,
            SubmissionFields.PROJECT,
            SubmissionFields.RECEIVED,
            SubmissionFields.UPDATER,
            "analysis_ref",
            "analysis_type",
            "extra");

    // A list's sessions are in memory at once, and an extra may take megabytes: past this a slice ends early.
    private static final long MAX_SLICE_BYTES = 8L * 1024 * 1024;

    private final MongoCollection<RawBsonDocument> writes;
    private final MongoCollection<RawBsonDocument> reads;
    private final EarlierSubmissions earlier;

    public MongoSubmissions(MongoDatabase database, Duration readTimeout) {
        this.writes = database.getCollection(COLLECTION, RawBsonDocument.class);
        this.earlier = new EarlierSubmissions(writes);
        this.reads = writes.withTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int insert(List<RawBsonDocument> documents) {
        if (documents.isEmpty()) {
            return 0;
        }
        try {
            writes.insertMany(documents, UNORDERED);
            return 0;
        } catch (MongoBulkWriteException e) {
            List<Long> there = new ArrayList<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (!StoreErrors.isTaken(error)) {
                    throw e;
                }
                there.add(id(documents.get(error.getIndex())));
            }
            if (e.getWriteConcernError() != null || countWithIds(there) < there.size()) {
                throw e;
            }
            return there.size();
        }
    }

    @Override
    public Map<Long, EarlierSubmission> earlier(Collection<Long> ids) {
        return earlier.find(ids);
    }

    @Override
    public Optional<RawBsonDocument> find(long id) {
        return Optional.ofNullable(reads.find(eq(SubmissionFields.ID, id))
                .projection(WITHOUT_NOTES)
                .first());
    }

    @Override
    public SessionSlice sessions(SessionQuery query) {
        return switch (query.place()) {
            case SessionQuery.Place.Newest newest -> {
                Fetched fetched = fetch(query, null, false, newest.skip());
                yield new SessionSlice(fetched.sessions(), newest.skip() > 0, fetched.more());
            }
            case SessionQuery.Place.Before before -> {
                Fetched fetched = fetch(query, lt(SubmissionFields.ID, before.id()), false, 0);
                long first = fetched.isEmpty()
                        ? before.id() - 1
                        : id(fetched.sessions().getFirst());
                yield new SessionSlice(
                        fetched.sessions(), exists(query.project(), gt(SubmissionFields.ID, first)), fetched.more());
            }
            case SessionQuery.Place.After after -> {
                Fetched fetched = fetch(query, gt(SubmissionFields.ID, after.id()), true, 0);
                long last = fetched.isEmpty()
                        ? after.id() + 1
                        : id(fetched.sessions().getFirst());
                yield new SessionSlice(
                        fetched.sessions().reversed(),
                        fetched.more(),
                        exists(query.project(), lt(SubmissionFields.ID, last)));
            }
        };
    }

    @Override
    public long countSessions(long project) {
        return reads.countDocuments(sessionsOf(project));
    }

    private record Fetched(List<RawBsonDocument> sessions, boolean more) {

        boolean isEmpty() {
            return sessions.isEmpty();
        }
    }

    private Fetched fetch(SessionQuery query, @Nullable Bson range, boolean oldestFirst, int skip) {
        Bson sessions = sessionsOf(query.project());
        List<RawBsonDocument> fetched = new ArrayList<>();
        long bytes = 0;
        try (MongoCursor<RawBsonDocument> cursor = reads.find(range == null ? sessions : and(sessions, range))
                .projection(WITHOUT_NOTES)
                .sort(oldestFirst ? Sorts.ascending(SubmissionFields.ID) : Sorts.descending(SubmissionFields.ID))
                .skip(skip)
                .limit(query.limit() + 1)
                .cursor()) {
            while (cursor.hasNext()) {
                if (fetched.size() == query.limit() || bytes > MAX_SLICE_BYTES) {
                    return new Fetched(fetched, true);
                }
                RawBsonDocument session = cursor.next();
                bytes += session.getByteBuffer().remaining();
                fetched.add(session);
            }
        }
        return new Fetched(fetched, false);
    }

    private boolean exists(long project, Bson range) {
        return reads.find(and(sessionsOf(project), range))
                        .projection(include(SubmissionFields.ID))
                        .first()
                != null;
    }

    private long countWithIds(List<Long> ids) {
        long count = 0;
        for (RawBsonDocument ignored :
                writes.find(in(SubmissionFields.ID, ids)).projection(include(SubmissionFields.ID))) {
            count++;
        }
        return count;
    }

    private static Bson sessionsOf(long project) {
        return and(eq(SubmissionFields.PROJECT, project), eq(SubmissionFields.KIND, SubmissionKind.SESSION.slug()));
    }

    private static long id(RawBsonDocument document) {
        return document.getInt64(SubmissionFields.ID).getValue();
    }
}
