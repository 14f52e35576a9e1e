package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The claims on a chunk's keys: the stored ones and those that its records make. */
final class KeyClaims {

    private final Map<String, Claim> stored;
    private final Map<String, ClaimCheck.Standing> standings;
    private final Map<String, Claim> made = new HashMap<>();
    private final Map<String, Claim> found = new HashMap<>();

    KeyClaims(Map<String, Claim> stored, Map<String, ClaimCheck.Standing> standings) {
        this.stored = stored;
        this.standings = standings;
    }

    /**
     * The claim that another submission has on a key.
     *
     * @throws AnotherRecordStoredException if that submission is not the record that made it
     */
    @Nullable
    Claim ofAnother(String key, SubmissionId submission) {
        Claim claim = made.getOrDefault(key, stored.get(key));
        if (claim == null || claim.submission() == submission.value()) {
            return null;
        }
        if (made.containsKey(key) || found.containsKey(key)) {
            return claim;
        }
        return switch (Objects.requireNonNull(standings.get(key))) {
            case HOLDS -> claim;
            case LAPSED -> null;
            case OPEN, REFUTED -> throw new AnotherRecordStoredException(submission, claim.submission());
        };
    }

    /**
     * Makes a claim on a key that no other submission has claimed.
     *
     * @throws AnotherRecordStoredException if the stored claim under its id was made with another value
     */
    void make(Claim claim) {
        Claim known = stored.get(claim.key());
        if (known == null || known.submission() != claim.submission()) {
            made.put(claim.key(), claim);
            return;
        }
        if (!known.digest().equals(claim.digest())) {
            throw new AnotherRecordStoredException(SubmissionId.of(claim.submission()));
        }
        found.put(claim.key(), claim);
    }

    /** The claims that are not stored yet. */
    Collection<Claim> made() {
        return made.values();
    }

    /** The claims that an earlier delivery of the same records has stored. */
    Collection<Claim> found() {
        return found.values();
    }
}
