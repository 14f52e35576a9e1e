package dev.sluice.processor.store;

import java.time.Instant;

/**
 * What an earlier delivery of a record has stored of its outcome, and every later one repeats.
 *
 * @param processed when its outcome was decided
 */
public record FirstDelivery(Instant processed, VerificationChanges verifications) {}
