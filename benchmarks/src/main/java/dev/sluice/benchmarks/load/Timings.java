package dev.sluice.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Durations of requests, each timed from when the request was due. Not thread-safe; {@link #add} merges those of several threads. */
final class Timings {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;

    private final long from;
    private final long to;
    private final Histogram answered = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram readable = new Histogram(LONGEST_MICROS, DIGITS);
    private long completed;
    private long failed;

    /** Records requests that are due from {@code from} until {@code to}. */
    Timings(long from, long to) {
        this.from = from;
        this.to = to;
    }

    void answered(long due) {
        record(answered, due);
    }

    void readable(long due) {
        record(readable, due);
    }

    void completed(boolean well) {
        long now = System.nanoTime();
        if (now - from >= 0 && now - to < 0) {
            completed++;
            failed += well ? 0 : 1;
        }
    }

    void add(Timings other) {
        answered.add(other.answered);
        readable.add(other.readable);
        completed += other.completed;
        failed += other.failed;
    }

    /** The results under the names that {@link LoadReport} expects. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put("completed", (double) completed);
        numbers.put("failed", (double) failed);
        numbers.put("seconds", (to - from) / 1e9);
        put(numbers, "answered", answered);
        put(numbers, "readable", readable);
        return numbers;
    }

    private void record(Histogram histogram, long due) {
        if (due - from >= 0 && due - to < 0) {
            histogram.recordValue(
                    Math.clamp(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due), 0, LONGEST_MICROS));
        }
    }

    private static void put(Map<String, Double> numbers, String name, Histogram histogram) {
        numbers.put(name + "50", histogram.getValueAtPercentile(50) / 1e3);
        numbers.put(name + "99", histogram.getValueAtPercentile(99) / 1e3);
        numbers.put(name + "99.9", histogram.getValueAtPercentile(99.9) / 1e3);
        numbers.put(name + "100", histogram.getMaxValue() / 1e3);
    }
}
