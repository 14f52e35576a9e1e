package dev.sluice.benchmarks.flood;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long the quiet one waited: for the answer to its POST, and until what it posted could be read. From when each was due. */
final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;

    private final Histogram accepted = new ConcurrentHistogram(LONGEST, DIGITS);
    private final Histogram readable = new ConcurrentHistogram(LONGEST, DIGITS);
    private final AtomicInteger failed = new AtomicInteger();

    void accepted(long nanos) {
        record(accepted, nanos);
    }

    void readable(long nanos) {
        record(readable, nanos);
    }

    void failed() {
        failed.incrementAndGet();
    }

    double acceptedMillis(double percentile) {
        return accepted.getValueAtPercentile(percentile) / 1e3;
    }

    double readableMillis(double percentile) {
        return readable.getValueAtPercentile(percentile) / 1e3;
    }

    long count() {
        return accepted.getTotalCount();
    }

    int failures() {
        return failed.get();
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
}
