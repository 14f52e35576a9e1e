package dev.sluice.benchmarks.workload;

/**
 * A session as it is submitted.
 *
 * @param project its project
 * @param body its JSON
 */
@SuppressWarnings("ArrayRecordComponent")
public record Session(long project, byte[] body) {}
