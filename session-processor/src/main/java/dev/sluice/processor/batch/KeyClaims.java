package dev.sluice.processor.batch;

import dev.sluice.processor.key.Claim;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims on a chunk's keys: those that are stored, and those that its records make. */
final class KeyClaims {

    private final Map<String, Claim> stored;
    private final Map<String, Claim> made = new HashMap<>();

    KeyClaims(Map<String, Claim> stored) {
        this.stored = stored;
    }

    /** The claim on a key that is not the submission's own. */
    @Nullable
    Claim ofAnother(String key, long submission) {
        Claim claim = get(key);
        return claim == null || claim.submission() == submission ? null : claim;
    }

    void make(Claim claim) {
        if (get(claim.key()) == null) {
            made.put(claim.key(), claim);
        }
    }

    /** Those that are not stored yet. */
    Collection<Claim> made() {
        return made.values();
    }

    private @Nullable Claim get(String key) {
        Claim claim = stored.get(key);
        return claim == null ? made.get(key) : claim;
    }
}
