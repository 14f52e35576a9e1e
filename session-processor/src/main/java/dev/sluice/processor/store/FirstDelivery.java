package dev.sluice.processor.store;

import java.time.Instant;

/**
 * The parts of a record's outcome that its first delivery stored and every later one repeats.
 *
 * @param processed when the outcome was decided
 */
public record FirstDelivery(Instant processed, VerificationChanges verifications) {}
