package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.fault.SetAside;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.MongoKeys;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Compares the store's claims on Idempotency-Keys with those that follow from the log. */
final class KeyAudit {

    private final AuditBounds bounds;
    private final Map<Integer, Long> walkedTo;
    private final Ledger.Documents<String> claims;
    private final SetAside setAside;
    private final Flaws flaws;
    private final LateComers late;
    private long compared;
    private long unchecked;

    /**
     * @param walkedTo by partition, the position up to which {@code claims} are known
     * @param claims those that follow from the log, as they are stored
     */
    KeyAudit(
            AuditBounds bounds,
            Map<Integer, Long> walkedTo,
            Ledger.Documents<String> claims,
            SetAside setAside,
            Flaws flaws,
            LateComers late) {
        this.bounds = bounds;
        this.walkedTo = walkedTo;
        this.claims = claims;
        this.setAside = setAside;
        this.flaws = flaws;
        this.late = late;
    }

    void compare(Iterable<BsonDocument> stored) {
        for (BsonDocument document : stored) {
            compare(document);
        }
        late.settle();
        for (Iterator<String> keys = claims.keys(); keys.hasNext(); ) {
            Claim claim = MongoKeys.claim(Objects.requireNonNull(claims.get(keys.next())));
            SubmissionId owner = SubmissionId.of(claim.submission());
            if (owner.position() < bounds.of(owner).next()) {
                flaws.add(
                        Flaw.Kind.KEY,
                        "key \"" + claim.key() + "\" is missing: it belongs to submission " + claim.submission());
            }
        }
    }

    long compared() {
        return compared;
    }

    /** The number of claims of submissions that the log no longer has, or that were set aside. */
    long unchecked() {
        return unchecked;
    }

    private void compare(BsonDocument stored) {
        BsonValue id = stored.get("_id");
        BsonDocument claim = id instanceof BsonString key ? claims.get(key.getValue()) : null;
        if (claim != null) {
            compared++;
            Difference.between(stored, claim).ifPresent(difference -> flaw(stored, difference.inFull()));
            claims.remove(claim.getString("_id").getValue());
            return;
        }
        SubmissionId owner = owner(stored);
        if (owner != null && bounds.isFromBefore(owner)) {
            unchecked++;
            if (AuditedStore.claim(stored).isEmpty()) {
                flaw(stored, "cannot be read");
            }
        } else if (owner != null && setAside.reason(owner).isPresent()) {
            // Our code failed on the record after it had claimed the key, which is free again.
            unchecked++;
        } else if (owner != null
                && bounds.hasPartitionOf(owner)
                && owner.position() >= walkedTo.getOrDefault(owner.partition(), 0L)) {
            late.add(owner, Flaw.Kind.KEY, text(stored, "belongs to a submission beyond the log's end"));
        } else {
            flaw(stored, "should not be there: no submission in the log has claimed it");
        }
    }

    private static @Nullable SubmissionId owner(BsonDocument stored) {
        return StoredIds.submission(stored.get(MongoKeys.SUBMISSION));
    }

    private void flaw(BsonDocument stored, String text) {
        flaws.add(Flaw.Kind.KEY, text(stored, text));
    }

    private static String text(BsonDocument stored, String text) {
        return "key " + StoredIds.text(stored.get("_id")) + ": " + text;
    }
}
