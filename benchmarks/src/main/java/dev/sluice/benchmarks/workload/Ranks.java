package dev.sluice.benchmarks.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks from a Zipf distribution: rank n is 1/n times as frequent as rank 1, so a few projects are busy and most are not. */
final class Ranks {

    private final double[] upTo;

    Ranks(int count) {
        upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    int next(RandomGenerator random) {
        int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(upTo.length, (place < 0 ? -place - 1 : place) + 1);
    }
}
