package dev.sluice.benchmarks.result;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param part of which part of the suite
 * @param what was measured
 * @param unit in which
 * @param ours what Sluice came to
 * @param against what it is compared with; blank if with nothing
 * @param baseline what that came to in the same run
 * @param reach what is to be reached, if something is
 */
public record Figure(
        String part,
        String what,
        String unit,
        Samples ours,
        String against,
        @Nullable Samples baseline,
        @Nullable Reach reach) {

    /** With nothing to compare it with. */
    public static Figure of(String part, String what, String unit, Samples ours) {
        return new Figure(part, what, unit, ours, "", null, null);
    }

    /** Compared with something in the same run. */
    public Figure against(String against, Samples baseline) {
        return new Figure(part, what, unit, ours, against, baseline, reach);
    }

    /** With something to reach. */
    public Figure toReach(Reach reach) {
        return new Figure(part, what, unit, ours, against, baseline, reach);
    }

    /** What {@link #reach} is about: how many times the baseline it is, run by run; without a baseline itself. */
    public Samples measure() {
        return baseline == null ? ours : ours.times(baseline);
    }

    /** Whether it is what it is to be; true if it is to be nothing. */
    public boolean isReached() {
        return reach == null || reach.isReachedBy(measure().median());
    }
}
