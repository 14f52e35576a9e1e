package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
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
 * A partition's records on their way from the polling thread to a worker, in the order of the log. It is open from when the place is known to
 * go on at, in a generation of the projection, until anything goes wrong; then what waits is forgotten, since it is in the log. Guarded by
 * the lock of the {@link Lanes}.
 */
final class Lane {

    // What a record takes in memory beside its value, at least, and a header beside what it says.
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
    // How often it was closed: what was taken from it before is not its own any more.
    private int closings;
    // The offset after the last record that was taken in, or where to go on; a log that is read from the right place
    // never goes back.
    private long next = UNKNOWN;
    private int failures;
    private long restsUntil;
    private long divergesAt = Long.MAX_VALUE;
    private @Nullable LogEndsBeforeProgressException refusal;

    Lane(TopicPartition partition, LongSupplier nanoTime) {
        this.partition = partition;
        this.nanoTime = nanoTime;
        this.restsUntil = nanoTime.getAsLong();
    }

    TopicPartition partition() {
        return partition;
    }

    /** Of its waiting records and of those in its turn. */
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

    /** A turn has a record at least, so it never has no bytes. */
    boolean isInTurn() {
        return turnBytes > 0;
    }

    boolean isReady() {
        return !isInTurn() && !waiting.isEmpty();
    }

    boolean isIdle() {
        return !isInTurn() && waiting.isEmpty();
    }

    /** Whether something went wrong with it since it last got on. */
    boolean isInTrouble() {
        return failures > 0;
    }

    /** Whether the place to go on at may be looked up: nobody is at it, and it has rested. */
    boolean canOpen() {
        return generation == null && !isInTurn() && refusal == null && nanoTime.getAsLong() - restsUntil >= 0;
    }

    /** Whether it is never opened again, as long as it is this process's. */
    boolean isRefused() {
        return refusal != null;
    }

    /** Opens it; throws if the log has lost what the place to go on at came after. */
    void open(long offset, Generation in) {
        if (offset > divergesAt) {
            refusal = LogEndsBeforeProgressException.lostItsEnd(partition, divergesAt, offset);
            throw refusal;
        }
        divergesAt = Long.MAX_VALUE;
        next = offset;
        generation = in;
    }

    void close() {
        generation = null;
        next = UNKNOWN;
        closings++;
        forgetWaiting();
    }

    /** Closes it. It may be opened again, at this offset, once it is not stopped there any more. */
    void closeAt(long offset) {
        close();
        next = offset;
    }

    /** The offset of what it takes in next, as far as that is known; else before all. */
    long next() {
        return next;
    }

    void forgetWaiting() {
        waiting.clear();
        waitingBytes = 0;
    }

    /** As it is after another process may have had it. */
    void forgetTroubles() {
        failures = 0;
        restsUntil = nanoTime.getAsLong();
        divergesAt = Long.MAX_VALUE;
        refusal = null;
    }

    /** Takes in what was read, if it is open; throws and takes in nothing if the log went back. */
    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        if (generation == null) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < next) {
                refusal = LogEndsBeforeProgressException.wentBack(partition, record.offset(), next);
                throw refusal;
            }
            next = record.offset() + 1;
            waiting.add(record);
            waitingBytes += bytes(record);
        }
    }

    /** Begins a turn with at least a record and at most as many records and bytes. */
    Turn.Part begin(int records, long bytes) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(Math.min(records, waiting.size()));
        do {
            ConsumerRecord<byte[], byte[]> record = waiting.remove();
            turnBytes += bytes(record);
            taken.add(record);
        } while (taken.size() < records && turnBytes < bytes && !waiting.isEmpty());
        waitingBytes -= turnBytes;
        return new Turn.Part(this, closings, taken);
    }

    /**
     * Ends it.
     *
     * @return whether it was not closed meanwhile
     */
    boolean end(Turn.Part part) {
        turnBytes = 0;
        return part.closings() == closings;
    }

    /** From this offset on the log has other records than it had. */
    void diverges(long offset) {
        divergesAt = Math.min(divergesAt, offset);
    }

    void gotOn() {
        failures = 0;
    }

    /** It rests once it is closed, for longer each time until it gets on. */
    void failed() {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        restsUntil = nanoTime.getAsLong() + (rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toNanos();
        failures++;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        // Any producer may write to the topic, and a record be all key or headers.
        long beside = Math.max(0, record.serializedKeySize());
        for (Header header : record.headers()) {
            byte[] value = header.value();
            beside += HEADER_BYTES + header.key().length() + (value == null ? 0 : value.length);
        }
        return Math.max(RECORD_BYTES, beside) + Math.max(0, record.serializedValueSize());
    }
}
