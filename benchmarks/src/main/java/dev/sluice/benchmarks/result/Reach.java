package dev.sluice.benchmarks.result;

import java.util.Locale;

/**
 * What a figure is to reach: its ratio to the baseline where there is one, else itself.
 *
 * @param atMost whether less is better
 * @param bound the bound
 */
public record Reach(boolean atMost, double bound) {

    public static Reach atMost(double bound) {
        return new Reach(true, bound);
    }

    public static Reach atLeast(double bound) {
        return new Reach(false, bound);
    }

    boolean isReachedBy(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4g", atMost ? "<=" : ">=", bound);
    }
}
