package dev.sluice.processor.batch;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.Keys;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.store.ContendedDocumentsException;
import dev.sluice.processor.store.EarlierSubmission;
import dev.sluice.processor.store.EarlierSubmissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outcomes of a chunk's records in log order. A decision depends only on the log up to its record, so a redelivered record gets the same
 * decision from any processor and in any chunk. Not thread-safe.
 */
final class Decisions {

    private static final int TRIES = 10;

    private final Chunk chunk;
    private final Keys keys;
    private final NamedSubmissions named;
    private final ClaimCheck claimCheck;

    Decisions(Chunk chunk, Keys keys, EarlierSubmissions earlier, ClaimCheck claimCheck) {
        this.chunk = chunk;
        this.keys = keys;
        this.named = new NamedSubmissions(chunk.records(), earlier);
        this.claimCheck = claimCheck;
    }

    /** Decides on each record. When it returns, the keys of records to be stored are durably claimed. */
    List<Decision> decide() {
        Set<String> wanted = new HashSet<>();
        chunk.records().forEach(record -> wanted.addAll(keysOf(record)));
        for (int i = 0; i < TRIES; i++) {
            Map<String, Claim> existing = keys.find(wanted);
            KeyClaims claims = new KeyClaims(existing, claimCheck.standings(existing.values(), chunk.first()));
            List<Decision> decisions = new Attempt(claims).decide();
            if (keys.make(claims.made(), existing) && keys.confirm(claims.found())) {
                return decisions;
            }
            // Another processor has claimed some keys, or a new primary has lost some claims. All decisions that depend
            // on them may change.
        }
        throw new ContendedDocumentsException(MongoKeys.COLLECTION, TRIES);
    }

    private List<String> keysOf(ReadRecord record) {
        return record.digest() == null
                ? List.of()
                : ProjectKeys.of(
                        record.project(),
                        named.resubmissionOf(record),
                        record.document().key());
    }

    private final class Attempt {

        private final KeyClaims claims;
        private final NamedSubmissions.SoFar soFar = named.begin();

        Attempt(KeyClaims claims) {
            this.claims = claims;
        }

        List<Decision> decide() {
            List<Decision> decisions = new ArrayList<>(chunk.records().size());
            for (ReadRecord record : chunk.records()) {
                Outcome outcome = outcome(record);
                soFar.add(record, outcome);
                decisions.add(new Decision(record, named.resubmissionOf(record), outcome));
            }
            return decisions;
        }

        private Outcome outcome(ReadRecord record) {
            return switch (record.reading()) {
                case Reading.Session(var summary) ->
                    unlessTaken(record, new Outcome.StoredSession(summary.analysisRef(), summary.analysisType()));
                case Reading.LoneNote(String task, NoteSummary summary) -> noteOutcome(record, task, summary);
                case Reading.Faulty(byte[] errors) -> new Outcome.Rejected(errors);
                case Reading.Unreadable(String reason) -> new Outcome.DeadLettered(reason);
            };
        }

        private Outcome noteOutcome(ReadRecord record, String task, NoteSummary summary) {
            OptionalLong session = summary.session();
            String type = AnalysisType.MANUAL.slug();
            if (session.isPresent()) {
                Optional<String> found =
                        soFar.earlierThan(record, session.getAsLong()).flatMap(EarlierSubmission::sessionType);
                if (found.isEmpty()) {
                    return new Outcome.Rejected(ErrorsJson.of(SubmissionErrors.ofMissingSession(session.getAsLong())));
                }
                type = found.get();
            }
            return unlessTaken(record, new Outcome.StoredNote(task, type, session));
        }

        /** Claims the record's keys, unless an earlier submission gives it another outcome. */
        private Outcome unlessTaken(ReadRecord record, Outcome stored) {
            SubmissionDigest digest = record.digest();
            if (digest == null) {
                return stored;
            }
            List<String> wanted = keysOf(record);
            Outcome other = outcomeByEarlier(record, wanted, digest);
            if (other != null) {
                return other;
            }
            wanted.forEach(key -> claims.make(new Claim(key, record.id(), digest)));
            return stored;
        }

        private @Nullable Outcome outcomeByEarlier(ReadRecord record, List<String> wanted, SubmissionDigest digest) {
            Outcome refused = refusedResubmission(record);
            if (refused != null) {
                return refused;
            }
            for (String key : wanted) {
                Claim other = claims.ofAnother(key, record.document().id());
                if (other != null) {
                    return other.digest().equals(digest)
                            ? new Outcome.Duplicate(other.submission())
                            : new Outcome.Rejected(ErrorsJson.detail(Problem.KEY_OF_ANOTHER_BODY.detail()));
                }
            }
            return null;
        }

        /** Returns null if the record puts nothing back on the log, or what it may put back. */
        private @Nullable Outcome refusedResubmission(ReadRecord record) {
            if (record.putsBack().isEmpty()) {
                return null;
            }
            long id = record.putsBack().getAsLong();
            Optional<EarlierSubmission> earlier = soFar.earlierThan(record, id);
            if (earlier.isEmpty()) {
                return new Outcome.Rejected(
                        ErrorsJson.detail("The project has no earlier submission " + id + " to be submitted again."));
            }
            OptionalLong stored = earlier.get().stored();
            return stored.isPresent() ? new Outcome.Duplicate(stored.getAsLong()) : null;
        }
    }
}
