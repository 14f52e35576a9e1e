package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A partition's records on their way from the polling thread to a worker, in log order. A lane opens once the offset to continue at in a
 * generation is known, and closes on any failure, dropping its waiting records, which can be read again. Guarded by the lock of
 * {@link Lanes}.
 */
final class Lane {

    // The least memory that a record takes besides its value, and a header besides its key and value.
    private static final int RECORD_BYTES = 512;
    private static final int HEADER_BYTES = 64;
    private static final Duration FIRST_REST = Duration.ofMillis(250);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;
    private static final long UNKNOWN = -1;

    private final TopicPartition partition;
    private final LongSupplier nanoTime;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long turnBytes;
    private @Nullable Generation generation;
    // The generation in which it has reached the stop at which it was closed.
    private @Nullable Generation stoppedIn;
    // The number of times it was closed; records taken from it before a closing no longer belong to it.
    private int closings;
    // The offset after the last appended record, or the offset to continue at; a log that is read from the right offset
    // never goes back.
    private long next = UNKNOWN;
    // The number of records in the latest turn.
    private int size;
    private int failures;
    private long restsUntil;
    private long divergesAt = Long.MAX_VALUE;
    private boolean refused;

    Lane(TopicPartition partition, LongSupplier nanoTime) {
        this.partition = partition;
        this.nanoTime = nanoTime;
        this.restsUntil = nanoTime.getAsLong();
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

    @Nullable
    Generation generation() {
        return generation;
    }

    /** Whether it knows its place in another generation only. */
    boolean isOutdated(Generation live) {
        Generation its = generation == null ? stoppedIn : generation;
        return its != null && its.number() != live.number();
    }

    /** Every turn holds at least one record, so its size is never 0. */
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

    /** Whether it may be opened: it is closed, not in a turn, not refused, and has rested. */
    boolean canOpen() {
        return generation == null && !isInTurn() && !refused && nanoTime.getAsLong() - restsUntil >= 0;
    }

    /** Whether it stays closed until the partition is assigned again. */
    boolean isRefused() {
        return refused;
    }

    /** Opens it at an offset; throws if the log has lost records before that offset. */
    void open(long offset, Generation in) {
        if (offset > divergesAt) {
            refused = true;
            throw LogEndsBeforeProgressException.lostItsEnd(partition, divergesAt, offset);
        }
        divergesAt = Long.MAX_VALUE;
        next = offset;
        generation = in;
    }

    void close() {
        generation = null;
        stoppedIn = null;
        next = UNKNOWN;
        closings++;
        forgetWaiting();
    }

    /** Closes it at an offset where the partition is stopped, and which it has reached in a generation. */
    void closeAt(long offset, Generation in) {
        close();
        next = offset;
        stoppedIn = in;
    }

    /** The offset expected next; before all offsets if unknown. */
    long next() {
        return next;
    }

    void forgetWaiting() {
        waiting.clear();
        waitingBytes = 0;
    }

    /** Forgets all failures, since another process may have owned the partition in the meantime. */
    void forgetTroubles() {
        failures = 0;
        restsUntil = nanoTime.getAsLong();
        divergesAt = Long.MAX_VALUE;
        refused = false;
    }

    /** Appends records if it is open; throws at a record whose offset is lower than expected. */
    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        if (generation == null) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < next) {
                refused = true;
                throw LogEndsBeforeProgressException.wentBack(partition, record.offset(), next);
            }
            next = record.offset() + 1;
            waiting.add(record);
            waitingBytes += bytes(record);
        }
    }

    /**
     * Begins a turn with at least one record. It takes at most {@code records}, and stops once they reach {@code bytes}. After a failure it takes
     * half as many as before, until what comes before the record that fails has been processed.
     */
    Turn.Part begin(int records, long bytes) {
        int most = isInTrouble() ? Math.min(records, Math.max(1, size / 2)) : records;
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(Math.min(most, waiting.size()));
        do {
            ConsumerRecord<byte[], byte[]> record = waiting.remove();
            turnBytes += bytes(record);
            taken.add(record);
        } while (taken.size() < most && turnBytes < bytes && !waiting.isEmpty());
        waitingBytes -= turnBytes;
        size = taken.size();
        return new Turn.Part(this, closings, taken);
    }

    /**
     * Ends a turn.
     *
     * @return whether the lane stayed open during the turn
     */
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

    /** Makes it rest before it reopens, longer after each failure in a row. */
    void failed(Throwable failure) {
        if (failure instanceof AnotherRecordStoredException other && other.id().partition() == partition.partition()) {
            refused = true;
        }
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        restsUntil = nanoTime.getAsLong() + (rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toNanos();
        failures++;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        // Any producer may write to the topic, so a record may be mostly key or headers.
        long beside = Math.max(0, record.serializedKeySize());
        for (Header header : record.headers()) {
            byte[] value = header.value();
            beside += HEADER_BYTES + header.key().length() + (value == null ? 0 : value.length);
        }
        return Math.max(RECORD_BYTES, beside) + Math.max(0, record.serializedValueSize());
    }
}
