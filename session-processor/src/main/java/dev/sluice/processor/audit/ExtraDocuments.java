package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.store.SubmissionFields;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Finds documents that belong to no record, by their ids alone. */
final class ExtraDocuments {

    private final AuditBounds bounds;
    private final Ledger ledger;
    private final Flaws flaws;
    private final LateComers late;
    private long fromBefore;

    ExtraDocuments(AuditBounds bounds, Ledger ledger, Flaws flaws, LateComers late) {
        this.bounds = bounds;
        this.ledger = ledger;
        this.flaws = flaws;
        this.late = late;
    }

    void find(Iterable<RawBsonDocument> ids) {
        for (RawBsonDocument document : ids) {
            find(document.get(SubmissionFields.ID));
        }
        late.settle();
    }

    /** The number of documents whose records the log no longer has. */
    long fromBefore() {
        return fromBefore;
    }

    private void find(@Nullable BsonValue value) {
        SubmissionId id = StoredIds.submission(value);
        if (id == null) {
            extra("with the _id " + StoredIds.text(value) + ", which is no submission's");
        } else if (bounds.isFromBefore(id)) {
            fromBefore++;
        } else if (!bounds.hasPartitionOf(id)) {
            extra("of " + DocumentAudit.name(id) + ", and there are "
                    + bounds.partitions().size() + " partitions");
        } else if (id.position() >= bounds.of(id).end()) {
            late.add(
                    id,
                    Flaw.Kind.EXTRA,
                    "there is a document of " + DocumentAudit.name(id) + ", which is beyond the log's end");
        } else if (ledger.isEmpty(id.partition(), id.position())) {
            extra("of " + DocumentAudit.name(id) + ", where the log has no record");
        }
    }

    private void extra(String what) {
        flaws.add(Flaw.Kind.EXTRA, "there is a document " + what);
    }
}
