package dev.sluice.processor.rebuild;

import java.time.Duration;

/**
 * How a rebuild is done.
 *
 * @param fromLogBegin whether it begins where the log does, if that has lost its beginning; what was there is gone from the projection then
 * @param keepOld whether the generation that was live is kept
 * @param grace for how long after the switch the one that was live is still there
 */
public record RebuildOptions(boolean fromLogBegin, boolean keepOld, Duration grace) {

    public RebuildOptions {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace is " + grace + ": expected zero or more");
        }
    }
}
