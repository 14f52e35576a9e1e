package dev.sluice.processor.read.submission;

import com.mongodb.MongoInterruptedException;
import dev.sluice.service.failure.FatalErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coalesces concurrent finds by key: while a few queries are running, new callers are gathered into the next one. Nobody joins a query that is
 * already running, so a result is never older than the call. If a query for several keys fails, or leaves some open, those are queried alone,
 * because another key may have caused it; that starts after the limits of the wait for a turn and of the query. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class GatheredFinds<K, V> {

    /** The usual time limit of a query for several keys, which normally takes milliseconds, and of the wait for a turn. */
    static final Duration WITHIN = Duration.ofSeconds(1);

    // With more, each query has fewer keys; with fewer, more callers wait for a slow one.
    static final int AT_ONCE = 4;

    // MongoDB's first reply has at most 101 documents; more would need another round trip.
    static final int MOST_KEYS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(GatheredFinds.class);

    private final Function<Set<K>, Map<K, Optional<V>>> together;
    private final Duration turnWithin;
    private final Queue<Find<K, V>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param together finds several keys, and may leave some out of its answer; answers or fails within bounded time
     * @param turnWithin the time limit of the wait for a turn
     */
    GatheredFinds(Function<Set<K>, Map<K, Optional<V>>> together, Duration turnWithin) {
        this.together = together;
        this.turnWithin = turnWithin;
    }

    private record Find<K, V>(K key, long begin, CompletableFuture<Optional<V>> found) {}

    /**
     * Finds the value of a key.
     *
     * @param alone finds one key; answers or fails within bounded time
     */
    Optional<V> find(K key, Function<K, Optional<V>> alone) {
        Find<K, V> find = new Find<>(key, System.nanoTime(), new CompletableFuture<>());
        if (mustStartQuery(find)) {
            // Not on the caller's thread, which may be interrupted while others wait for the query.
            Thread.ofVirtual().name("gathered-finds").start(this::runQueries);
        }
        try {
            // Needs no timer of its own: the queries and the wait for a turn are bounded.
            return find.found().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("interrupted while the store was asked", e);
        } catch (ExecutionException _) {
            return alone.apply(key);
        }
    }

    /** The number of keys that are not queried yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean mustStartQuery(Find<K, V> find) {
        waiting.add(find);
        if (running == AT_ONCE) {
            return false;
        }
        running++;
        return true;
    }

    private void runQueries() {
        for (List<Find<K, V>> turn = next(); !turn.isEmpty(); turn = next()) {
            query(turn);
        }
    }

    private synchronized List<Find<K, V>> next() {
        List<Find<K, V>> turn = new ArrayList<>();
        while (turn.size() < MOST_KEYS && !waiting.isEmpty()) {
            Find<K, V> find = waiting.remove();
            if (System.nanoTime() - find.begin() < turnWithin.toNanos()) {
                turn.add(find);
            } else {
                find.found().completeExceptionally(new TimeoutException());
            }
        }
        if (turn.isEmpty()) {
            running--;
        }
        return turn;
    }

    private void query(List<Find<K, V>> turn) {
        try {
            Set<K> keys = new LinkedHashSet<>();
            turn.forEach(find -> keys.add(find.key()));
            Map<K, Optional<V>> found = together.apply(keys);
            turn.forEach(find -> complete(find, found));
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            turn.forEach(find -> find.found().completeExceptionally(e));
            LOG.warn(
                    "A query failed, and each of its ids, {} in all, is now looked up alone: {}",
                    turn.size(),
                    e.toString());
        }
    }

    private static <K, V> void complete(Find<K, V> find, Map<K, Optional<V>> found) {
        if (found.containsKey(find.key())) {
            find.found().complete(found.get(find.key()));
        } else {
            find.found().completeExceptionally(new NoSuchElementException());
        }
    }
}
