package dev.sluice.processor.batch;

import dev.sluice.processor.key.Claim;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims on a chunk's keys: the stored ones and those that its records make. */
final class KeyClaims {

    private final Map<String, Claim> stored;
    private final Map<String, Claim> made = new HashMap<>();
    private final Map<String, Claim> found = new HashMap<>();

    KeyClaims(Map<String, Claim> stored) {
        this.stored = stored;
    }

    /** The claim that another submission has on a key. */
    @Nullable
    Claim ofAnother(String key, long submission) {
        Claim claim = get(key);
        return claim == null || claim.submission() == submission ? null : claim;
    }

    /** Makes a claim on a key that no other submission has claimed. */
    void make(Claim claim) {
        (stored.containsKey(claim.key()) ? found : made).putIfAbsent(claim.key(), claim);
    }

    /** The claims that are not stored yet. */
    Collection<Claim> made() {
        return made.values();
    }

    /** The claims that an earlier delivery of the same records has stored. */
    Collection<Claim> found() {
        return found.values();
    }

    private @Nullable Claim get(String key) {
        Claim claim = stored.get(key);
        return claim == null ? made.get(key) : claim;
    }
}
