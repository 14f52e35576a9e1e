package dev.sluice.processor.rebuild;

import java.time.Duration;

/**
 * The result of a rebuild.
 *
 * @param generation the number of the new live generation
 * @param records how many of the log's positions it went through
 * @param took how long it took until the new generation was live
 */
public record RebuildSummary(int generation, long records, Duration took) {}
