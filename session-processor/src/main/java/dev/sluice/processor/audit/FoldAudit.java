package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.store.FoldedDocuments;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Compares documents that are folds over submissions with the same folds over the log. They must include everything that progress has passed.
 * Documents that are further, because submissions continue, are compared after continuing the fold to their position. Not thread-safe.
 */
final class FoldAudit {

    private final String what;
    private final ToLongFunction<BsonDocument> size;
    private final Flaw.Kind kind;
    private final AuditBounds bounds;
    private final Flaws flaws;
    private final Ledger.Documents<String> expected;
    private final Ledger.Documents<String> ahead;
    private final Ledger.Documents<String> inFlight;
    private final Map<Integer, Long> aheadEnds = new HashMap<>();
    private long compared;
    private long unchecked;

    /**
     * @param what a document is about, in a word
     * @param size the number of those in a document
     */
    FoldAudit(
            String what,
            ToLongFunction<BsonDocument> size,
            Flaw.Kind kind,
            AuditBounds bounds,
            Ledger ledger,
            Flaws flaws) {
        this.what = what;
        this.size = size;
        this.kind = kind;
        this.bounds = bounds;
        this.flaws = flaws;
        this.expected = ledger.documents(what);
        this.ahead = ledger.documents(what + " ahead");
        this.inFlight = ledger.documents(what + " in flight");
    }

    /** The current documents of the changes by id, reduced to what each change needs; those that do not exist yet are absent. */
    Map<BsonValue, BsonDocument> current(List<? extends FoldedDocuments.Change> changes) {
        return ofConcern(changes, expected::raw);
    }

    private static Map<BsonValue, BsonDocument> ofConcern(
            List<? extends FoldedDocuments.Change> changes, Function<String, @Nullable RawBsonDocument> documents) {
        Map<BsonValue, BsonDocument> current = new HashMap<>();
        for (FoldedDocuments.Change change : changes) {
            RawBsonDocument document = documents.apply(key(change.id()).orElseThrow());
            if (document != null) {
                current.put(change.id(), change.ofConcern(document));
            }
        }
        return current;
    }

    /** Folds submissions that progress has passed. */
    void fold(List<? extends FoldedDocuments.Change> changes) {
        for (FoldedDocuments.Change change : changes) {
            fold(key(change.id()).orElseThrow(), change);
        }
    }

    /** A fold that continues from here over records in flight, without changing this one. */
    final class InFlight {

        private final Ledger.Documents<String> further;

        private InFlight(Ledger.Documents<String> further) {
            this.further = further;
        }

        Map<BsonValue, BsonDocument> current(List<? extends FoldedDocuments.Change> changes) {
            return ofConcern(changes, key -> of(key).raw(key));
        }

        void fold(List<? extends FoldedDocuments.Change> changes) {
            for (FoldedDocuments.Change change : changes) {
                String key = key(change.id()).orElseThrow();
                further.put(key, FoldedDocuments.whole(of(key).get(key), change));
            }
        }

        private Ledger.Documents<String> of(String key) {
            return further.contains(key) ? further : expected;
        }
    }

    /** Must be used only once everything that progress has passed is folded. */
    InFlight inFlight() {
        return new InFlight(inFlight);
    }

    /** Compares the stored documents, once everything that progress has passed is folded. */
    void compare(Iterable<BsonDocument> stored) {
        for (BsonDocument document : stored) {
            Optional<String> key = key(document.get("_id"));
            if (key.isEmpty()) {
                flaw(document, "is none: it should not be there");
            } else {
                compare(key.get(), document);
            }
        }
    }

    /** By partition, the position up to which the log must be followed, because the store has folded that far. */
    Map<Integer, Long> aheadEnds() {
        return Map.copyOf(aheadEnds);
    }

    /** Folds the changes of the next record in log order. */
    void follow(List<? extends FoldedDocuments.Change> changes) {
        for (FoldedDocuments.Change change : changes) {
            String key = key(change.id()).orElseThrow();
            BsonDocument stored = ahead.get(key);
            if (stored != null && change.last() <= FoldedDocuments.foldedThrough(stored)) {
                fold(key, change);
            }
        }
    }

    /** Reports what is wrong with the remaining documents. */
    void finish() {
        for (Iterator<String> keys = ahead.keys(); keys.hasNext(); ) {
            String key = keys.next();
            BsonDocument stored = Objects.requireNonNull(ahead.get(key));
            requireSame(stored, expected.get(key));
            expected.remove(key);
        }
        for (Iterator<String> keys = expected.keys(); keys.hasNext(); ) {
            BsonDocument missing = Objects.requireNonNull(expected.get(keys.next()));
            flaw(missing, "is missing: expected one at position " + FoldedDocuments.foldedThrough(missing));
        }
    }

    /** The number that could be checked against the log, whatever the result. */
    long compared() {
        return compared;
    }

    /** The number whose history the log no longer has. */
    long unchecked() {
        return unchecked;
    }

    private void fold(String key, FoldedDocuments.Change change) {
        expected.put(key, FoldedDocuments.whole(expected.get(key), change));
    }

    private void compare(String key, BsonDocument stored) {
        BsonDocument should = expected.get(key);
        SubmissionId through = StoredIds.submission(stored.get(FoldedDocuments.FOLDED_THROUGH));
        PartitionBounds partition = through == null || !bounds.hasPartitionOf(through) ? null : bounds.of(through);
        if (through != null && (partition == null ? bounds.isFromBefore(through) : !partition.isWhole())) {
            unchecked += size.applyAsLong(stored);
            expected.remove(key);
        } else if (through != null
                && partition != null
                && through.position() >= partition.next()
                && (should == null || FoldedDocuments.foldedThrough(should) < FoldedDocuments.foldedThrough(stored))) {
            ahead.put(key, stored);
            aheadEnds.merge(through.partition(), through.position() + 1, Math::max);
        } else {
            requireSame(stored, should);
            expected.remove(key);
        }
    }

    private void requireSame(BsonDocument stored, @Nullable BsonDocument should) {
        compared += size.applyAsLong(stored);
        if (should == null) {
            flaw(stored, "should not be there: nothing in the log is about it");
        } else {
            Difference.between(stored, should).ifPresent(difference -> flaw(should, difference.inFull()));
        }
    }

    private void flaw(BsonDocument document, String text) {
        flaws.add(kind, what + " " + StoredIds.text(document.get("_id")) + ": " + text);
    }

    /** A key that is unique across the types that our ids can have; empty for other types. */
    private static Optional<String> key(@Nullable BsonValue id) {
        if (id == null) {
            return Optional.empty();
        }
        return switch (id.getBsonType()) {
            case STRING -> Optional.of("text " + id.asString().getValue());
            case INT64 -> Optional.of("number " + id.asInt64().getValue());
            default -> Optional.empty();
        };
    }
}
