package dev.sluice.benchmarks.lists;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * How long a request took, many times over.
 *
 * @param medianMillis half of them took less
 * @param slowMillis one in twenty took more
 * @param status what was answered
 */
record Durations(double medianMillis, double slowMillis, int status) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Durations of(int rounds, Supplier<Answer> request) {
        long[] nanos = new long[rounds];
        int status = 0;
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            status = status(request);
            nanos[round] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return new Durations(nanos[rounds / 2] / NANOS_PER_MILLI, nanos[rounds * 19 / 20] / NANOS_PER_MILLI, status);
    }

    private static int status(Supplier<Answer> request) {
        try {
            return request.get().status();
        } catch (ProblemException e) {
            return e.answer().status();
        }
    }
}
