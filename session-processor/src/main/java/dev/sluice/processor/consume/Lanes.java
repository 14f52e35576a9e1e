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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The lanes of all assigned partitions, between the polling thread, which fills them, and the workers, which take turns. A lane is in at most
 * one turn at a time, so each partition is processed in order, and a partition that is flooded or fails does not hold up the others. Memory is
 * bounded: a lane is full when it holds more than all lanes together leave free. Thread-safe.
 */
final class Lanes {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private final IntToLongFunction stopsAt;
    private final ConsumptionHealth health;
    private final LongSupplier nanoTime;
    private final Turns turns;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();

    /**
     * @param stopsAt returns the first offset of a partition that must not be processed
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @param mostTurnBytes no further turn begins while the turns hold this many bytes
     */
    Lanes(IntToLongFunction stopsAt, ConsumptionHealth health, LongSupplier nanoTime, long mostTurnBytes) {
        this.stopsAt = stopsAt;
        this.health = health;
        this.nanoTime = nanoTime;
        this.turns = new Turns(mostTurnBytes, nanoTime);
    }

    /** Takes over newly assigned partitions. Their lanes start closed and without a record of earlier failures. */
    synchronized void assigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.computeIfAbsent(partition, added -> new Lane(added, nanoTime));
            close(lane);
            lane.forgetTroubles();
        }
    }

    /** Gives up partitions after waiting up to {@code patience} for their turns to end. */
    synchronized void revoked(Collection<TopicPartition> partitions, Duration patience) {
        List<Lane> leaving =
                partitions.stream().map(lanes::get).filter(Objects::nonNull).toList();
        for (Lane lane : leaving) {
            lane.forgetWaiting();
            turns.remove(lane);
        }
        awaitTurns(leaving, patience);
        leaving.forEach(this::close);
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

    /** The assigned partitions whose lanes should be opened now. */
    synchronized Set<TopicPartition> toOpen(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> lane.canOpen() && !isStopped(lane, lane.next()));
    }

    /** The assigned partitions whose lanes have not failed since they last made progress. */
    synchronized Set<TopicPartition> untroubled(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> !lane.isInTrouble());
    }

    /** The assigned partitions whose lanes have failed before but are now open and idle. */
    synchronized Set<TopicPartition> idleInTrouble(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> lane.isInTrouble() && lane.isOpen() && lane.isIdle());
    }

    /** Clears the failures of a partition whose records have all been processed. */
    synchronized void caughtUp(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        if (lane != null) {
            gotOn(lane);
        }
    }

    /** The assigned partitions to pause: their lanes are closed, stopped or full. */
    synchronized Set<TopicPartition> toPause(Collection<TopicPartition> assigned) {
        long free = MOST_BYTES - lanes.values().stream().mapToLong(Lane::bytes).sum();
        return those(assigned, lane -> !lane.isOpen() || isStopped(lane, lane.next()) || lane.bytes() > free);
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

    private boolean isStopped(Lane lane, long offset) {
        return offset >= stopsAt.applyAsLong(lane.partition().partition());
    }

    /**
     * Opens a partition's lane at an offset, unless the partition is stopped there.
     *
     * @return whether the lane is open
     * @throws LogEndsBeforeProgressException if the log's records before the offset are no longer the ones that were processed
     */
    synchronized boolean open(TopicPartition partition, long offset, Generation generation) {
        Lane lane = lanes.get(partition);
        if (lane == null || !lane.canOpen()) {
            return false;
        }
        if (isStopped(lane, offset)) {
            gotOn(lane);
            lane.closeAt(offset, generation);
            return false;
        }
        lane.open(offset, generation);
        return true;
    }

    synchronized boolean isOpen(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        return lane != null && lane.isOpen();
    }

    /** Closes lanes that are open or stopped in another generation, so that they reopen where the given generation is. */
    synchronized void closeUnlessIn(Generation generation) {
        for (Lane lane : lanes.values()) {
            if (lane.isOutdated(generation)) {
                close(lane);
            }
        }
    }

    /** Appends records to a partition's lane. If they do not follow those already read, the lane is closed until the partition is assigned again. */
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
     * Waits for the next turn and for room to run it. A small turn waits a little longer for more records while other turns are running.
     *
     * @param wanted returns the maximum number of records
     */
    synchronized Turn take(IntSupplier wanted) throws InterruptedException {
        for (long rest = turns.rest(wanted.getAsInt()); rest > 0; rest = turns.rest(wanted.getAsInt())) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        return turns.next(wanted.getAsInt());
    }

    /**
     * Ends a turn whose records all have their outcomes, except those left out.
     *
     * @param leftOut for each stopped partition, the offset from which on nothing was processed
     */
    synchronized void done(Turn turn, Map<Integer, Long> leftOut) {
        for (Turn.Part part : end(turn)) {
            Lane lane = part.lane();
            Long stopped = leftOut.get(lane.partition().partition());
            gotOn(lane);
            if (stopped != null) {
                lane.closeAt(stopped, turn.generation());
            }
            getReady(lane);
        }
    }

    /** Ends a turn whose generation is no longer live. Its records are processed again in the one that is. */
    synchronized void outdated(Turn turn) {
        end(turn).forEach(part -> close(part.lane()));
    }

    /** Ends a turn that failed. Some of its records may have outcomes; the store knows how many. */
    synchronized void failed(Turn turn, Throwable failure) {
        failed(end(turn).stream().map(Turn.Part::partition).toList(), failure);
    }

    /** Closes the lanes of partitions that failed. They reopen after a rest, unless the store has another record than the log. */
    synchronized void failed(Collection<TopicPartition> partitions, Throwable failure) {
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                turns.remove(lane);
                lane.failed(failure);
            }
        }
        health.failed(partitions, failure);
    }

    /**
     * Closes a partition whose log has different records from {@code offset} on than were read before. It reopens only if the store has not
     * passed that offset.
     *
     * @return false if the partition is already refused for this reason
     */
    synchronized boolean diverged(TopicPartition partition, long offset, Throwable failure) {
        Lane lane = lanes.get(partition);
        // Kafka's client reports a refused partition again and again while it is assigned.
        if (lane == null || lane.isRefused()) {
            return false;
        }
        lane.diverges(offset);
        failed(List.of(partition), failure);
        return true;
    }

    /** Returns the parts whose lanes were not closed during the turn. */
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
