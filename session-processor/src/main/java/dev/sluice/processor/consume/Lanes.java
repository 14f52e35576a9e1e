package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A lane for each partition, between the polling thread, which fills them, and the workers, which take turns. A lane is in one turn at a time, so that
 * a partition is processed in order; what floods one partition, or cannot be processed, keeps no other one waiting. Bounded in memory: a
 * lane is full when it holds as much as all others leave free.
 */
final class Lanes {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private final IntToLongFunction stopsAt;
    private final ConsumptionHealth health;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Turns turns;

    /**
     * None is assigned yet.
     *
     * @param stopsAt the first offset of a partition that is not to be processed
     * @param nanoTime as {@link System#nanoTime()}
     * @param mostTurnBytes while records of so many bytes are in turns no other turn begins
     */
    Lanes(IntToLongFunction stopsAt, ConsumptionHealth health, LongSupplier nanoTime, long mostTurnBytes) {
        this.stopsAt = stopsAt;
        this.health = health;
        this.nanoTime = nanoTime;
        this.turns = new Turns(mostTurnBytes, nanoTime);
    }

    /** They are this process's now, whoever had them before; each is closed. */
    synchronized void assigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.computeIfAbsent(partition, key -> new Lane(key, nanoTime));
            close(lane);
            lane.forgetTroubles();
        }
    }

    /** They are not this process's any more, once the turns have ended that they are in, or after so long. */
    synchronized void revoked(Collection<TopicPartition> partitions, Duration patience) {
        List<Lane> leaving =
                partitions.stream().map(lanes::get).filter(Objects::nonNull).toList();
        for (Lane lane : leaving) {
            lane.forgetWaiting();
            turns.remove(lane);
        }
        awaitTurns(leaving, patience);
        for (Lane lane : leaving) {
            close(lane);
            lane.forgetTroubles();
        }
        health.recovered(leaving.stream().map(Lane::partition).toList());
    }

    private void awaitTurns(List<Lane> of, Duration patience) {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        try {
            while (of.stream().anyMatch(Lane::isInTurn)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The assigned partitions whose lanes are to be opened now: all that have not failed; if there are none, a single one that has. */
    synchronized Set<TopicPartition> toOpen(Collection<TopicPartition> assigned) {
        Set<TopicPartition> closed = those(assigned, lane -> lane.canOpen() && !isAtStop(lane));
        Set<TopicPartition> untroubled = those(closed, lane -> !lane.isInTrouble());
        return untroubled.isEmpty() ? closed.stream().limit(1).collect(Collectors.toSet()) : untroubled;
    }

    /** Those of the assigned ones that are in trouble, though they are open and have nothing to do. */
    synchronized Set<TopicPartition> idleInTrouble(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> lane.isInTrouble() && lane.generation() != null && lane.isIdle());
    }

    /** Everything of it that there is was processed. */
    synchronized void caughtUp(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        if (lane != null) {
            gotOn(lane);
        }
    }

    /** Those of the assigned ones of which nothing is to be read now. */
    synchronized Set<TopicPartition> toPause(Collection<TopicPartition> assigned) {
        long free = MOST_BYTES - heldBytes();
        return those(assigned, lane -> lane.generation() == null || isAtStop(lane) || lane.bytes() > free);
    }

    private Set<TopicPartition> those(Collection<TopicPartition> assigned, Predicate<Lane> condition) {
        Set<TopicPartition> those = new HashSet<>();
        for (TopicPartition partition : assigned) {
            Lane lane = lanes.get(partition);
            if (lane != null && condition.test(lane)) {
                those.add(partition);
            }
        }
        return those;
    }

    private long heldBytes() {
        return lanes.values().stream().mapToLong(Lane::bytes).sum();
    }

    private boolean isAtStop(Lane lane) {
        return isStopped(lane, lane.next());
    }

    private boolean isStopped(Lane lane, long offset) {
        return offset >= stopsAt.applyAsLong(lane.partition().partition());
    }

    /**
     * It is read from this offset on, unless it is stopped there.
     *
     * @return whether it is
     * @throws LogEndsBeforeProgressException if the log has other records before that than it had
     */
    synchronized boolean open(TopicPartition partition, long offset, Generation generation) {
        Lane lane = lanes.get(partition);
        if (lane == null || !lane.canOpen()) {
            return false;
        }
        if (isStopped(lane, offset)) {
            gotOn(lane);
            lane.closeAt(offset);
            return false;
        }
        lane.open(offset, generation);
        return true;
    }

    /** Those that are open in another generation are to be opened in this one, which may lack what the other had. */
    synchronized void closeUnlessIn(Generation generation) {
        for (Lane lane : lanes.values()) {
            Generation its = lane.generation();
            if (its != null && its.number() != generation.number()) {
                close(lane);
            }
        }
    }

    /** Takes in what was read of a partition, next to what was read of it before; what does not follow closes the lane for good. */
    synchronized void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Lane lane = lanes.get(partition);
        if (lane == null) {
            return;
        }
        try {
            lane.add(records);
            getReady(lane);
        } catch (LogEndsBeforeProgressException e) {
            failed(List.of(partition), e);
        }
    }

    /**
     * The next turn; waits until there is one and room for it, and while there are others for a little longer, if it is a small one.
     *
     * @param wanted at most how many records
     */
    synchronized Turn take(IntSupplier wanted) throws InterruptedException {
        for (long rest = turns.rest(wanted.getAsInt()); rest > 0; rest = turns.rest(wanted.getAsInt())) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        return turns.next(wanted.getAsInt());
    }

    /**
     * All of it has its outcome, but for what was left out.
     *
     * @param leftOut per partition that is stopped the offset from where on
     */
    synchronized void done(Turn turn, Map<Integer, Long> leftOut) {
        for (Turn.Part part : end(turn)) {
            Lane lane = part.lane();
            Long stopped = leftOut.get(lane.partition().partition());
            gotOn(lane);
            if (stopped != null) {
                turns.remove(lane);
                lane.closeAt(stopped);
            }
            getReady(lane);
        }
    }

    /** It was not begun: its generation is not the live one. */
    synchronized void outdated(Turn turn) {
        end(turn).forEach(part -> close(part.lane()));
    }

    /** Some of it may have its outcome; how far that goes is in the store. */
    synchronized void failed(Turn turn, Throwable failure) {
        failed(end(turn).stream().map(Turn.Part::partition).toList(), failure);
    }

    /** They are closed, and after a while their place is looked up again. */
    synchronized void failed(Collection<TopicPartition> partitions, Throwable failure) {
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                close(lane);
                lane.failed();
            }
        }
        health.failed(partitions, failure);
    }

    /**
     * From this offset on it has other records than were read before: with those it can only go on if the store has not come that far.
     *
     * @return false if that is why it is refused already
     */
    synchronized boolean diverged(TopicPartition partition, long offset, Throwable failure) {
        Lane lane = lanes.get(partition);
        // One that is refused for it is asked about by Kafka's client as long as it is assigned.
        if (lane == null || lane.isRefused()) {
            return false;
        }
        lane.diverges(offset);
        failed(List.of(partition), failure);
        return true;
    }

    /** Returns those parts whose lanes were not closed meanwhile. */
    private List<Turn.Part> end(Turn turn) {
        List<Turn.Part> own = turns.end(turn);
        notifyAll();
        return own;
    }

    private void getReady(Lane lane) {
        if (lane.isReady() && turns.add(lane)) {
            notifyAll();
        }
    }

    private void close(Lane lane) {
        lane.close();
        turns.remove(lane);
    }

    private void gotOn(Lane lane) {
        lane.gotOn();
        health.recovered(List.of(lane.partition()));
    }
}
