package dev.sluice.processor.batch;

import java.time.Duration;

/**
 * How many records make a chunk, learned from how long earlier chunks took: few if the store is slow, so that other partitions never wait long
 * during a flood. Not thread-safe.
 */
final class ChunkSize {

    // Long compared with a chunk's fixed cost of a few round trips, and short for other partitions that wait.
    private static final Duration AIM = Duration.ofMillis(100);
    // With fewer, round trips would dominate: throughput would drop and nobody would wait less.
    private static final int FEWEST = 64;
    private static final int MOST = 1024;
    private static final int FIRST = 128;

    private int records = FIRST;

    int records() {
        return records;
    }

    /** Notes how long a chunk of {@code count} records took. A chunk that was slow by chance halves the next one at most. */
    void took(Duration time, int count) {
        boolean isSlow = count >= FEWEST && time.compareTo(AIM) > 0;
        if (isSlow || count == records) {
            long inTime = count * AIM.toNanos() / Math.max(1, time.toNanos());
            records = Math.clamp(inTime, Math.max(FEWEST, records / 2), Math.min(MOST, records * 2));
        }
    }
}
