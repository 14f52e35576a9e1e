package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.batch.DecidedChunk;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;
import dev.sluice.processor.store.EarlierSubmissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Compares the documents in the store with those that follow from the records. Not thread-safe. */
final class DocumentAudit {

    private final AuditedStore store;
    private final Ledger ledger;
    private final Flaws flaws;
    private final Map<Integer, Counted> partitions = new TreeMap<>();
    private long reworded;

    DocumentAudit(AuditedStore store, Ledger ledger, Flaws flaws, AuditBounds bounds) {
        this.store = store;
        this.ledger = ledger;
        this.flaws = flaws;
        bounds.partitions().forEach(one -> partitions.put(one.partition(), new Counted(one)));
    }

    static final class Counted {

        private final PartitionBounds bounds;
        private Tally stored = Tally.NONE;
        private Tally tallied = Tally.NONE;
        private long inFlight;
        private long inFlightStored;
        private long missing;
        private long firstMissing;

        private Counted(PartitionBounds bounds) {
            this.bounds = bounds;
        }

        PartitionBounds bounds() {
            return bounds;
        }

        /** The tally that progress should have, as far as the log shows. */
        Tally tallied(PartitionProgress progress) {
            return tallied.withEmpty(bounds.next() - progress.began() - tallied.records());
        }

        /** The number of records that have a document although progress has not passed them. */
        long inFlightStored() {
            return inFlightStored;
        }

        long missing() {
            return missing;
        }

        long firstMissing() {
            return firstMissing;
        }

        PartitionSums sums() {
            long empty = bounds.end() - bounds.begin() - stored.records() - inFlight - missing;
            return new PartitionSums(
                    bounds.partition(), bounds.begin(), bounds.end(), stored.withEmpty(empty), inFlight, missing);
        }

        private void add(SubmissionOutcome outcome, boolean isThere) {
            long position = outcome.id().position();
            if (position >= bounds.next()) {
                inFlight++;
                inFlightStored += isThere ? 1 : 0;
                return;
            }
            PartitionProgress progress = bounds.progress();
            if (progress != null && position >= progress.began()) {
                tallied = tallied.with(outcome.outcome());
            }
            if (isThere) {
                stored = stored.with(outcome.outcome());
            } else if (missing++ == 0) {
                firstMissing = position;
            }
        }
    }

    List<Counted> partitions() {
        return List.copyOf(partitions.values());
    }

    /** The number of rejections and dead letters that say the reason in other words than the audit would. */
    long reworded() {
        return reworded;
    }

    void compare(DecidedChunk chunk) {
        List<RawBsonDocument> expected = chunk.documents();
        Map<Long, RawBsonDocument> stored = store.submissions(
                chunk.outcomes().stream().map(outcome -> outcome.id().value()).toList());
        for (int i = 0; i < expected.size(); i++) {
            SubmissionOutcome outcome = chunk.outcomes().get(i);
            compare(
                    outcome,
                    expected.get(i),
                    Optional.ofNullable(stored.get(outcome.id().value())));
        }
    }

    private void compare(SubmissionOutcome outcome, RawBsonDocument expected, Optional<RawBsonDocument> stored) {
        SubmissionId id = outcome.id();
        Counted counted = Objects.requireNonNull(partitions.get(id.partition()));
        counted.add(outcome, stored.isPresent());
        if (stored.isEmpty()) {
            if (id.position() < counted.bounds.next()) {
                flaws.add(
                        Flaw.Kind.MISSING,
                        name(id) + " has no document: expected "
                                + outcome.outcome().state());
            }
            ledger.submissions().put(id.value(), whatBecame(expected));
            return;
        }
        DocumentComparison.difference(stored.get(), expected, counted.bounds.isWhole())
                .ifPresent(difference -> {
                    if (DocumentComparison.isReworded(stored.get(), expected, counted.bounds.isWhole())) {
                        reworded++;
                        return;
                    }
                    boolean isRefused = DocumentComparison.isRefusedNow(stored.get(), expected);
                    flaws.add(isRefused ? Flaw.Kind.REFUSED : Flaw.Kind.CHANGED, name(id) + ": " + difference);
                    ledger.submissions().put(id.value(), whatBecame(expected));
                });
    }

    static String name(SubmissionId id) {
        return "submission " + id.value() + " (partition " + id.partition() + ", position " + id.position() + ")";
    }

    private static BsonDocument whatBecame(RawBsonDocument expected) {
        BsonDocument became = new BsonDocument();
        expected.forEach((name, value) -> {
            if (EarlierSubmissions.WHAT_BECAME.contains(name)) {
                became.put(name, value);
            }
        });
        return became;
    }
}
