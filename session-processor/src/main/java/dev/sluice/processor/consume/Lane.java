package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.RecordSize;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition's records on their way from the polling thread to a worker, in log order. A lane opens once the offset to continue at in a
 * generation is known, and closes on any failure, dropping its waiting records, which can be read again. Guarded by the lock of
 * {@link Lanes}.
 *
 * <pre>
 * what happens                                         from              to
 * the partition is assigned or revoked                 any               Closed
 * the offset to continue at is found                   Closed, Stopped   Open
 * that offset is at the partition's stop               Closed, Stopped   Stopped
 * a turn has come to the partition's stop              Open              Stopped
 * another generation is live                           Open, Stopped     Closed
 * opening, reading or a turn fails                     any but Refused   Closed, for a rest
 * the log ends early, or has lost records              any but Refused   Closed, for a rest
 * the log went back, or the store has another record   any               Refused
 * it would open behind where the log diverged          Closed, Stopped   Refused
 * </pre>
 */
final class Lane {

    private static final long FIRST_REST = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_REST = Duration.ofSeconds(5).toNanos();
    private static final int MOST_DOUBLINGS = 10;

    private final TopicPartition partition;
    private final LongSupplier nanoTime;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private State state;
    // The offset that an open lane expects next. A log that is read from the right offset never goes back.
    private long next;
    // The number of times it was closed; records taken from it before a closing no longer belong to it.
    private int closings;
    private long turnBytes;
    private int latestTurnRecords;
    private int failures;
    private long divergesAt = Long.MAX_VALUE;

    private sealed interface State {

        /** Where to continue is not known. It may open after a rest. */
        record Closed(long restsUntil) implements State {}

        /** Only an open lane takes records and gives turns. */
        record Open(Generation in) implements State {}

        /** It has come to the offset at which its partition is stopped, and may open once that is resumed. */
        record Stopped(long offset, Generation in) implements State {}

        /** Closed until the partition is assigned again: the log and the store do not have the same records. */
        record Refused() implements State {}
    }

    Lane(TopicPartition partition, LongSupplier nanoTime) {
        this.partition = partition;
        this.nanoTime = nanoTime;
        this.state = new State.Closed(nanoTime.getAsLong());
    }

    TopicPartition partition() {
        return partition;
    }

    /** The size of the waiting records and of those in a turn. */
    long bytes() {
        return waitingBytes + turnBytes;
    }

    long turnBytes() {
        return turnBytes;
    }

    int waitingRecords() {
        return waiting.size();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    boolean isOpen() {
        return state instanceof State.Open;
    }

    Generation generation() {
        return ((State.Open) state).in();
    }

    /** Whether it knows its place in another generation only. */
    boolean isOutdated(Generation live) {
        return switch (state) {
            case State.Open open -> open.in().number() != live.number();
            case State.Stopped stopped -> stopped.in().number() != live.number();
            case State.Closed _, State.Refused _ -> false;
        };
    }

    /** A turn may outlast a closing. Every turn holds at least one record, so its size is never 0. */
    boolean isInTurn() {
        return turnBytes > 0;
    }

    boolean isReady() {
        return !isInTurn() && !waiting.isEmpty();
    }

    boolean isIdle() {
        return !isInTurn() && waiting.isEmpty();
    }

    /** Whether it has failed since it last made progress. */
    boolean isInTrouble() {
        return failures > 0;
    }

    /** Whether it may be opened: it is closed and has rested, or stopped, and is not in a turn. */
    boolean canOpen() {
        return !isInTurn()
                && switch (state) {
                    case State.Closed(long restsUntil) -> nanoTime.getAsLong() - restsUntil >= 0;
                    case State.Stopped _ -> true;
                    case State.Open _, State.Refused _ -> false;
                };
    }

    boolean isRefused() {
        return state instanceof State.Refused;
    }

    /** Opens it at an offset; throws if the log has lost records before that offset. */
    void open(long offset, Generation in) {
        if (offset > divergesAt) {
            state = new State.Refused();
            throw LogEndsBeforeProgressException.lostItsEnd(partition, divergesAt, offset);
        }
        divergesAt = Long.MAX_VALUE;
        next = offset;
        state = new State.Open(in);
    }

    void close() {
        close(new State.Closed(nanoTime.getAsLong()));
    }

    /** Closes it at an offset where the partition is stopped, and which it has reached in a generation. */
    void closeAt(long offset, Generation in) {
        close(new State.Stopped(offset, in));
    }

    /** Forgets all failures, since another process may have owned the partition in the meantime. */
    void forgetTroubles() {
        failures = 0;
        divergesAt = Long.MAX_VALUE;
    }

    private void close(State closed) {
        state = closed;
        closings++;
        forgetWaiting();
    }

    /** The offset at which it continues; before all offsets if unknown. */
    long next() {
        return switch (state) {
            case State.Open _ -> next;
            case State.Stopped stopped -> stopped.offset();
            case State.Closed _, State.Refused _ -> -1;
        };
    }

    void forgetWaiting() {
        waiting.clear();
        waitingBytes = 0;
    }

    /** Appends records if it is open; throws at a record whose offset is lower than expected. */
    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        if (!isOpen()) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < next) {
                state = new State.Refused();
                throw LogEndsBeforeProgressException.wentBack(partition, record.offset(), next);
            }
            next = record.offset() + 1;
            waiting.add(record);
            waitingBytes += RecordSize.of(record);
        }
    }

    /**
     * Begins a turn with at least one record. It takes at most {@code records}, and stops once they reach {@code bytes}. After a failure it takes
     * half as many as before, until what comes before the record that fails has been processed.
     */
    Turn.Part begin(int records, long bytes) {
        int most = isInTrouble() ? Math.min(records, Math.max(1, latestTurnRecords / 2)) : records;
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(Math.min(most, waiting.size()));
        do {
            ConsumerRecord<byte[], byte[]> record = waiting.remove();
            turnBytes += RecordSize.of(record);
            taken.add(record);
        } while (taken.size() < most && turnBytes < bytes && !waiting.isEmpty());
        waitingBytes -= turnBytes;
        latestTurnRecords = taken.size();
        return new Turn.Part(this, closings, taken);
    }

    /** Ends a turn; returns whether the lane stayed open during it. */
    boolean end(Turn.Part part) {
        turnBytes = 0;
        return part.closings() == closings;
    }

    /** Notes that the log has different records from this offset on. */
    void diverges(long offset) {
        divergesAt = Math.min(divergesAt, offset);
    }

    void gotOn() {
        failures = 0;
    }

    /** Closes it for a rest, longer after each failure in a row, or for good if the store has another record than the log. */
    void failed(Throwable failure) {
        if (failure instanceof AnotherRecordStoredException other && other.id().partition() == partition.partition()) {
            state = new State.Refused();
        }
        long rest = Math.min(LONGEST_REST, FIRST_REST << Math.min(failures, MOST_DOUBLINGS));
        close(isRefused() ? state : new State.Closed(nanoTime.getAsLong() + rest));
        failures++;
    }
}
