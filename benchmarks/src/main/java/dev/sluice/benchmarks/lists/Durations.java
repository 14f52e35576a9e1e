package dev.sluice.benchmarks.lists;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The durations of repeated requests.
 *
 * @param medianMillis the median
 * @param slowMillis the 95th percentile
 * @param status the response's status code
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
