package dev.sluice.benchmarks.result;

import java.util.Locale;

/** The target of a figure: for its ratio to the baseline, or for the figure itself if it has none. */
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
