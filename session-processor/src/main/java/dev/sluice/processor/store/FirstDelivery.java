package dev.sluice.processor.store;

import java.time.Instant;

/** When a record was appended to the log, and what its first delivery stored that every later one repeats. */
public record FirstDelivery(Instant received, Instant processed, StatusChanges statusChanges) {}
