package dev.sluice.processor.rebuild;

import java.time.Duration;

/**
 * What a rebuild did.
 *
 * @param generation the one that is live now
 * @param records how many records of the log it read
 * @param took how long it took until the new generation was live
 */
public record RebuildSummary(int generation, long records, Duration took) {}
