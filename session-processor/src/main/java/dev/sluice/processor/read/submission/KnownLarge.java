package dev.sluice.processor.read.submission;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which submissions are large, so that each is transferred by at most one query that others share. A submission never changes, so
 * what is remembered of it stays true, unless the store was restored. Thread-safe.
 *
 * @param <K> the type of the keys
 */
final class KnownLarge<K> {

    // Of less than a KiB each.
    static final int MOST = 4096;

    private final Map<K, FoundSubmission> known = new ConcurrentHashMap<>();

    Optional<FoundSubmission> find(K key) {
        return Optional.ofNullable(known.get(key));
    }

    void add(K key, FoundSubmission.Reduced submission) {
        if (known.size() >= MOST) {
            // They are found again.
            known.clear();
        }
        known.put(key, submission);
    }

    void forget(K key) {
        known.remove(key);
    }
}
