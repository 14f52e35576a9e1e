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

/** The positions that this process has reached in each partition. Wakes whoever waits for a place when it is reached. Thread-safe. */
public final class ReachedPositions {

    // A process may still finish records of a partition that another process already owns.
    private final Set<Integer> own = new HashSet<>();
    // The positions reached in the owned partitions.
    private final Map<Integer, Long> next = new HashMap<>();
    // The waiters, by partition and position.
    private final Map<Integer, NavigableMap<Long, Set<Awaited>>> awaited = new HashMap<>();
    // The live generation, as far as is known. Positions reached in one generation say nothing about another.
    private int generation;

    /** A place that a reader waits for. */
    public final class Awaited implements AutoCloseable {

        private final SubmissionId place;
        private final boolean isOwn;
        private final CountDownLatch reached = new CountDownLatch(1);

        private Awaited(SubmissionId place, boolean isOwn) {
            this.place = place;
            this.isOwn = isOwn;
        }

        /** Whether this process owned the partition and had not reached the place when {@link #expect} was called. */
        public boolean isOwn() {
            return isOwn;
        }

        /** Waits at most {@code atMost} for the place to be reached; returns whether it was. */
        public boolean await(Duration atMost) throws InterruptedException {
            return reached.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            forget(this);
        }
    }

    /**
     * Records positions as reached once the store has them. Wakes only those who wait for one from {@code from} to {@code to}: a store that
     * was restored in the meantime may lack earlier ones.
     *
     * @param in the generation that has them
     * @param from by partition, the first position reached by this call
     * @param to by partition, the position after the last one
     */
    public synchronized void advance(Generation in, Map<Integer, Long> from, Map<Integer, Long> to) {
        enterLater(in);
        if (in.number() == generation) {
            to.forEach((partition, position) -> {
                if (own.contains(partition)) {
                    next.merge(partition, position, Math::max);
                }
                wake(partition, from.getOrDefault(partition, position), position);
            });
        }
    }

    /** For each owned partition, the position after the last one reached since it was assigned. */
    public synchronized Map<Integer, Long> reached() {
        return Map.copyOf(next);
    }

    /** Whether this process will reach a place and has not reached it yet; false if unknown. */
    public synchronized boolean isAhead(Generation in, SubmissionId place) {
        Long reached = next.get(place.partition());
        return in.number() == generation && reached != null && reached <= place.position();
    }

    /** Starts waiting for a place. Positions reached earlier do not count, because the store may have been restored since. */
    public synchronized Awaited expect(Generation in, SubmissionId place) {
        enterLater(in);
        Awaited expected = new Awaited(place, isAhead(in, place));
        if (in.number() == generation) {
            awaited.computeIfAbsent(place.partition(), _ -> new TreeMap<>())
                    .computeIfAbsent(place.position(), _ -> new HashSet<>())
                    .add(expected);
        }
        return expected;
    }

    /** How many wait at the moment. */
    synchronized int waiting() {
        return awaited.values().stream()
                .flatMap(byPosition -> byPosition.values().stream())
                .mapToInt(Set::size)
                .sum();
    }

    synchronized void assigned(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
        own.addAll(partitions);
    }

    synchronized void revoked(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
        own.removeAll(partitions);
    }

    /** Goes over to the live generation, which is an earlier one after the store was restored. */
    synchronized void enter(Generation live) {
        if (live.number() != generation) {
            generation = live.number();
            next.clear();
            awaited.clear();
        }
    }

    private void enterLater(Generation in) {
        if (in.number() > generation) {
            enter(in);
        }
    }

    private void wake(int partition, long from, long to) {
        NavigableMap<Long, Set<Awaited>> waiting = awaited.get(partition);
        // A stopped partition may have nothing new before its stop.
        if (waiting != null && from < to) {
            waiting.subMap(from, to).values().forEach(those -> those.forEach(one -> one.reached.countDown()));
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
