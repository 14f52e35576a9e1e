package dev.sluice.ingest.intake;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/**
 * Confirms that a submission is durable.
 *
 * @param id its place in the log
 * @param created the time the log recorded
 * @param updater the user who submitted it
 */
public record Receipt(SubmissionId id, Instant created, User updater) {}
