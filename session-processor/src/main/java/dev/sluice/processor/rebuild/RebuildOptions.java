package dev.sluice.processor.rebuild;

import java.time.Duration;

/**
 * The options of a rebuild.
 *
 * @param fromLogBegin whether to rebuild from a log that has lost its beginning, which then disappears from the projection
 * @param acceptRejections whether to go live although submissions that are stored now are rejected then
 * @param grace how long the former live generation is kept after the switch
 */
public record RebuildOptions(boolean fromLogBegin, boolean acceptRejections, Duration grace) {}
