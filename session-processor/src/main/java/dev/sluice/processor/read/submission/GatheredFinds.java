package dev.sluice.processor.read.submission;

import com.mongodb.MongoInterruptedException;
import dev.sluice.http.failure.FatalErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * Finds what is stored under keys, with one question for all who look for something at the same time: a few questions are on their way, and
 * whoever comes meanwhile is asked for by the next one. Nobody joins a question that is on its way already, so what is found is never from
 * before it was looked for. When a question for several fails, each is asked for alone, since it may be another's key that it failed for:
 * until then it takes {@link #WITHIN} until one's turn and as long again at most. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what is found
 */
final class GatheredFinds<K, V> {

    /** What a question for several may take, which is a matter of milliseconds; the wait until one's turn likewise. */
    static final Duration WITHIN = Duration.ofSeconds(1);

    // With more, each is for fewer keys; with less, more have to wait for a slow one.
    static final int AT_ONCE = 4;

    // MongoDB's first reply has 101 documents at most, and a second one would have to be asked for.
    static final int MOST_KEYS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(GatheredFinds.class);

    private final Function<Set<K>, Map<K, V>> together;
    private final Function<K, Optional<V>> alone;
    private final Duration turnWithin;
    private final Queue<Find<K, V>> waiting = new ArrayDeque<>();
    private int onTheirWay;

    /**
     * Finds by two kinds of questions.
     *
     * @param together finds several; answers or fails within {@link #WITHIN}
     * @param alone finds one; answers or fails within a bounded time
     */
    GatheredFinds(Function<Set<K>, Map<K, V>> together, Function<K, Optional<V>> alone) {
        this(together, alone, WITHIN);
    }

    GatheredFinds(Function<Set<K>, Map<K, V>> together, Function<K, Optional<V>> alone, Duration turnWithin) {
        this.together = together;
        this.alone = alone;
        this.turnWithin = turnWithin;
    }

    private record Find<K, V>(K key, long begin, CompletableFuture<Optional<V>> found) {}

    /**
     * What is stored under the key.
     *
     * @throws com.mongodb.MongoException if the store does not answer in time
     */
    Optional<V> find(K key) {
        Find<K, V> find = new Find<>(key, System.nanoTime(), new CompletableFuture<>());
        if (startsAQuestion(find)) {
            // Not on the caller's thread, since others wait for it too, and that one may be interrupted.
            Thread.ofVirtual().name("gathered-finds").start(this::askInTurn);
        }
        try {
            // Not timed, which would cost a timer each: the questions are, and so is the wait for a turn.
            return find.found().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("interrupted while the store was asked", e);
        } catch (ExecutionException _) {
            return alone.apply(key);
        }
    }

    /** How many are not asked for yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean startsAQuestion(Find<K, V> find) {
        waiting.add(find);
        if (onTheirWay == AT_ONCE) {
            return false;
        }
        onTheirWay++;
        return true;
    }

    private void askInTurn() {
        for (List<Find<K, V>> turn = next(); !turn.isEmpty(); turn = next()) {
            ask(turn);
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
            onTheirWay--;
        }
        return turn;
    }

    private void ask(List<Find<K, V>> turn) {
        try {
            Set<K> keys = new LinkedHashSet<>();
            turn.forEach(find -> keys.add(find.key()));
            Map<K, V> found = together.apply(keys);
            turn.forEach(find -> find.found().complete(Optional.ofNullable(found.get(find.key()))));
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            turn.forEach(find -> find.found().completeExceptionally(e));
            LOG.warn("A question for {} at once failed, each is asked for alone: {}", turn.size(), e.toString());
        }
    }
}
