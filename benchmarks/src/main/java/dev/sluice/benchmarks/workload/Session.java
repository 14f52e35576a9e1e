package dev.sluice.benchmarks.workload;

/** A session as it is submitted. */
@SuppressWarnings("ArrayRecordComponent")
public record Session(long project, byte[] body) {}
