package dev.sluice.processor.progress;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Up to where this process has come with something, per partition. Whoever waits for a place is woken when it is reached, and not before. Thread-safe. */
public final class ReachedPositions {

    // A process may still finish what it had begun of a partition that another one has by then.
    private final Set<Integer> own = new HashSet<>();
    // Of the own partitions, once anything of them was reached.
    private final Map<Integer, Long> next = new HashMap<>();
    // By partition and position.
    private final Map<Integer, NavigableMap<Long, Set<Awaited>>> awaited = new HashMap<>();
    // The latest one. What was reached in one says nothing about another.
    private int generation;

    /** A place that somebody waits for. */
    public final class Awaited implements AutoCloseable {

        private final SubmissionId place;
        private final boolean isOwn;
        private final CountDownLatch reached = new CountDownLatch(1);

        private Awaited(SubmissionId place, boolean isOwn) {
            this.place = place;
            this.isOwn = isOwn;
        }

        /** Whether this process was before it, and was to reach it, when it was expected. */
        public boolean isOwn() {
            return isOwn;
        }

        /** Waits at most {@code atMost} for the place to be reached; returns whether it was. */
        public boolean await(Duration atMost) throws InterruptedException {
            return reached.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** It is waited for no longer. */
        @Override
        public void close() {
            forget(this);
        }
    }

    /**
     * To be called after the store has it. What is before it says nothing: a store that was put back meanwhile may lack that.
     *
     * @param in the generation that has it
     * @param from per partition the first position that was reached now
     * @param to per partition the position after the last one
     */
    public synchronized void advance(Generation in, Map<Integer, Long> from, Map<Integer, Long> to) {
        enter(in);
        if (in.number() == generation) {
            to.forEach((partition, position) -> {
                if (own.contains(partition)) {
                    next.merge(partition, position, Math::max);
                }
                wake(partition, from.getOrDefault(partition, position), position);
            });
        }
    }

    /** Per partition of this process the position after what it has reached since it has the partition. */
    public synchronized Map<Integer, Long> reached() {
        return Map.copyOf(next);
    }

    /** Whether it is this process that will reach a place, and has not yet; false if it cannot tell. */
    public synchronized boolean isAhead(Generation in, SubmissionId place) {
        Long reached = next.get(place.partition());
        return in.number() == generation && reached != null && reached <= place.position();
    }

    /** From now on it is waited for. What was reached before does not count: the store may have been put back since. */
    public synchronized Awaited expect(Generation in, SubmissionId place) {
        enter(in);
        Awaited expected = new Awaited(place, isAhead(in, place));
        if (in.number() == generation) {
            awaited.computeIfAbsent(place.partition(), _ -> new TreeMap<>())
                    .computeIfAbsent(place.position(), _ -> new HashSet<>())
                    .add(expected);
        }
        return expected;
    }

    synchronized void assigned(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
        own.addAll(partitions);
    }

    synchronized void revoked(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
        own.removeAll(partitions);
    }

    private void enter(Generation latest) {
        if (latest.number() > generation) {
            generation = latest.number();
            next.clear();
            awaited.clear();
        }
    }

    private void wake(int partition, long from, long to) {
        NavigableMap<Long, Set<Awaited>> waiting = awaited.get(partition);
        // A partition that is stopped may have nothing new before its stop.
        if (waiting != null && from < to) {
            Map<Long, Set<Awaited>> reached = waiting.subMap(from, to);
            reached.values().forEach(those -> those.forEach(one -> one.reached.countDown()));
            reached.clear();
        }
    }

    private synchronized void forget(Awaited expected) {
        NavigableMap<Long, Set<Awaited>> waiting = awaited.get(expected.place.partition());
        if (waiting != null) {
            waiting.computeIfPresent(expected.place.position(), (_, those) -> {
                those.remove(expected);
                return those.isEmpty() ? null : those;
            });
        }
    }
}
