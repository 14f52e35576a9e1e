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
    private final Map<String, Claim> found = new HashMap<>();

    KeyClaims(Map<String, Claim> stored) {
        this.stored = stored;
    }

    /** The claim on a key that is not the submission's own. */
    @Nullable
    Claim ofAnother(String key, long submission) {
        Claim claim = get(key);
        return claim == null || claim.submission() == submission ? null : claim;
    }

    /** Of a key that is no other submission's. */
    void make(Claim claim) {
        (stored.containsKey(claim.key()) ? found : made).putIfAbsent(claim.key(), claim);
    }

    /** Those that are not stored yet. */
    Collection<Claim> made() {
        return made.values();
    }

    /** Those that are stored already, from an earlier delivery of the same records. */
    Collection<Claim> found() {
        return found.values();
    }

    private @Nullable Claim get(String key) {
        Claim claim = stored.get(key);
        return claim == null ? made.get(key) : claim;
    }
}
