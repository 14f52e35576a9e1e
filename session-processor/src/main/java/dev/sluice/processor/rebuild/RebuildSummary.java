package dev.sluice.processor.rebuild;

import java.time.Duration;

/** The new live generation, how many of the log's positions the rebuild went through, and how long it took until it was live. */
public record RebuildSummary(int generation, long records, Duration took) {}
