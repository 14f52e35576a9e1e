package dev.sluice.processor.rebuild;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import dev.sluice.contract.submission.Texts;
import dev.sluice.contract.text.Printable;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import dev.sluice.processor.store.SubmissionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * Submissions that the live generation has stored and a filled one has rejected or dead-lettered, as happens if it was filled by narrower rules.
 * What the live one lacks, or has of another record, is not among them. Not thread-safe.
 */
final class NewRejections {

    // The embedded store compares each document that it finds with every id of the query.
    private static final int AT_ONCE = 100;
    private static final Duration SCAN_TIMEOUT = Duration.ofHours(12);
    // True of every document: MongoDB takes bounds from an index only if its first field is asked for, and then skips
    // what is stored.
    private static final Bson ANY_PROJECT = ne(SubmissionFields.PROJECT, 0L);

    private final MongoCollection<BsonDocument> live;
    private final MongoCollection<BsonDocument> filled;
    private long count;
    private long first = Long.MAX_VALUE;

    private NewRejections(Generation live, Generation filled) {
        this.live = live.collection(MongoSubmissions.COLLECTION, BsonDocument.class);
        this.filled = filled.collection(MongoSubmissions.COLLECTION, BsonDocument.class);
    }

    /** Describes how many there are, and the first one; empty if there are none. */
    static Optional<String> between(Generation live, Generation filled) {
        NewRejections found = new NewRejections(live, filled);
        found.find();
        return found.count == 0 ? Optional.empty() : Optional.of(found.text());
    }

    private void find() {
        Iterable<BsonDocument> refused = filled.withTimeout(SCAN_TIMEOUT.toHours(), TimeUnit.HOURS)
                .find(and(ANY_PROJECT, isIn(SubmissionState.REJECTED)))
                .projection(include(SubmissionFields.RECEIVED))
                .hintString(StoreIndexes.BY_KIND_AND_TYPE);
        StreamSupport.stream(refused.spliterator(), false)
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(this::compare);
    }

    private void compare(List<BsonDocument> some) {
        Map<Long, BsonValue> refused = new HashMap<>();
        some.forEach(document -> refused.put(id(document), document.get(SubmissionFields.RECEIVED)));
        live.find(and(in(SubmissionFields.ID, new ArrayList<>(refused.keySet())), isIn(SubmissionState.STORED)))
                .projection(include(SubmissionFields.RECEIVED))
                .forEach(document -> {
                    // Otherwise it is of a record that the log has lost.
                    if (Objects.equals(document.get(SubmissionFields.RECEIVED), refused.get(id(document)))) {
                        count++;
                        first = Math.min(first, id(document));
                    }
                });
    }

    private String text() {
        BsonDocument document = Objects.requireNonNull(
                filled.find(eq(SubmissionFields.ID, first)).first());
        String of = document.get(SubmissionFields.PROJECT) instanceof BsonInt64 project
                ? " of project " + project.getValue()
                : "";
        return String.format(
                "the rules of this version reject what is stored now: %d in all, first submission %d%s (%s)",
                count, first, of, reason(document));
    }

    private static String reason(BsonDocument refused) {
        String reason = refused.get(SubmissionFields.REASON) instanceof BsonString deadLetter
                ? deadLetter.getValue()
                : String.valueOf(refused.get(SubmissionFields.ERRORS));
        return Texts.cut(Printable.text(reason));
    }

    private static Bson isIn(SubmissionState state) {
        return in(
                SubmissionFields.KIND,
                state.kinds().stream().map(SubmissionKind::slug).toList());
    }

    private static long id(BsonDocument document) {
        return document.getNumber(SubmissionFields.ID).longValue();
    }
}
