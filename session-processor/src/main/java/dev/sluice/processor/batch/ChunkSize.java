package dev.sluice.processor.batch;

import java.time.Duration;

/**
 * How many records make a chunk, learned from how long the chunks before took: few where the store is slow, so that records of other
 * partitions never wait long for one, whoever floods. For one thread.
 */
final class ChunkSize {

    // What a chunk costs beside its records is a few round trips: little in this time, and this is little to whoever
    // waits.
    private static final Duration AIM = Duration.ofMillis(100);
    // With fewer the round trips would be most of it: less would be stored, and nobody would wait less.
    private static final int FEWEST = 64;
    private static final int MOST = 1024;
    private static final int FIRST = 128;

    private int records = FIRST;

    int records() {
        return records;
    }

    /** Takes how long a chunk took, of so many records. One that was slow by chance at most halves the next. */
    void took(Duration time, int count) {
        boolean isSlow = count >= FEWEST && time.compareTo(AIM) > 0;
        if (isSlow || count == records) {
            long inTime = count * AIM.toNanos() / Math.max(1, time.toNanos());
            records = Math.clamp(inTime, Math.max(FEWEST, records / 2), Math.min(MOST, records * 2));
        }
    }
}
