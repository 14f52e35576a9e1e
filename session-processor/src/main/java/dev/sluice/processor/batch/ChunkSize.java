package dev.sluice.processor.batch;

import java.time.Duration;

/**
 * How many records make a chunk, learned from how long the chunks before took: few where the store is slow, so that records of other
 * partitions never wait long for one, whoever floods. For one thread.
 */
final class ChunkSize {

    // What a chunk costs beside its records is a few round trips: little in this time, and this is little to whoever
    // waits.
    private static final Duration AIM = Duration.ofMillis(50);
    static final int FEWEST = 16;
    private static final int MOST = 1024;
    private static final int FIRST = 96;

    private int records = FIRST;

    /** A multiple of the fewest. */
    int records() {
        return records;
    }

    /** Takes how long a chunk took, of so many records. One that was slow by chance halves what follows at most. */
    void took(Duration time, int count) {
        if (time.compareTo(AIM) > 0 || count == records) {
            long inTime = count * AIM.toNanos() / Math.max(1, time.toNanos());
            int aimed = Math.clamp(inTime, Math.max(FEWEST, records / 2), Math.min(MOST, records * 2));
            records = aimed / FEWEST * FEWEST;
        }
    }
}
