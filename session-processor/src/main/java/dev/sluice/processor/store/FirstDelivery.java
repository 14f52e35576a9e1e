package dev.sluice.processor.store;

import java.time.Instant;

/**
 * The parts of a record's outcome that its first delivery stored and every later one repeats.
 *
 * @param received when the record was appended to the log
 * @param processed when the outcome was decided
 */
public record FirstDelivery(Instant received, Instant processed, StatusChanges statusChanges) {}
