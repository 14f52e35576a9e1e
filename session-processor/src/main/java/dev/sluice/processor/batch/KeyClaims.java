package dev.sluice.processor.batch;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims on a chunk's keys: the stored ones and those that its records make. */
final class KeyClaims {

    private final Map<String, Claim> stored;
    private final Map<String, Claim> made = new HashMap<>();
    private final Map<String, Claim> found = new HashMap<>();
    private final List<Claim> reliedOn = new ArrayList<>();

    KeyClaims(Map<String, Claim> stored) {
        this.stored = stored;
    }

    /** The claim that another submission has on a key. */
    @Nullable
    Claim ofAnother(String key, long submission) {
        Claim claim = stored.getOrDefault(key, made.get(key));
        if (claim == null || claim.submission() == submission) {
            return null;
        }
        if (stored.containsKey(key)) {
            reliedOn.add(claim);
        }
        return claim;
    }

    /**
     * Makes a claim on a key that no other submission has claimed.
     *
     * @throws AnotherRecordStoredException if the stored claim under its id was made with another value
     */
    void make(Claim claim) {
        Claim known = stored.get(claim.key());
        if (known != null && !known.digest().equals(claim.digest())) {
            throw new AnotherRecordStoredException(SubmissionId.of(claim.submission()));
        }
        (known == null ? made : found).putIfAbsent(claim.key(), claim);
    }

    /** The claims that are not stored yet. */
    Collection<Claim> made() {
        return made.values();
    }

    /** The claims that an earlier delivery of the same records has stored. */
    Collection<Claim> found() {
        return found.values();
    }

    /** The stored claims of other submissions that outcomes rest on. */
    List<Claim> reliedOn() {
        return reliedOn;
    }
}
