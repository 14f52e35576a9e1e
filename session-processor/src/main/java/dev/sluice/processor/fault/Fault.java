package dev.sluice.processor.fault;

import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/**
 * A record that our own code fails on, and that is not set aside.
 *
 * @param id its submission's
 * @param fault the name of what our code threw when it failed first
 */
public record Fault(SubmissionId id, String fault, Instant since) {}
