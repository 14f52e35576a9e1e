package dev.sluice.benchmarks.result;

import org.jspecify.annotations.Nullable;

/**
 * One line of the results table.
 *
 * @param against the name of the baseline; blank if there is none
 */
public record Figure(
        String what,
        String unit,
        Samples ours,
        String against,
        @Nullable Samples baseline,
        @Nullable Reach reach) {

    /** A figure without a baseline. */
    public static Figure of(String what, String unit, Samples ours) {
        return new Figure(what, unit, ours, "", null, null);
    }

    /** Names the part of the suite that it belongs to. */
    public Figure of(String part) {
        return new Figure(part + ": " + what, unit, ours, against, baseline, reach);
    }

    /** Adds a baseline from the same run. */
    public Figure against(String against, Samples baseline) {
        return new Figure(what, unit, ours, against, baseline, reach);
    }

    public Figure toReach(Reach reach) {
        return new Figure(what, unit, ours, against, baseline, reach);
    }

    /** The value that {@link #reach} applies to: the ratio to the baseline, run by run, or the figure itself without a baseline. */
    public Samples measure() {
        return baseline == null ? ours : ours.times(baseline);
    }

    /** Whether the target is met; true if there is none. */
    public boolean isReached() {
        return reach == null || reach.isReachedBy(measure().median());
    }
}
