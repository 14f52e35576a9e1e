package dev.sluice.ingest.intake;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/**
 * That a submission is durable.
 *
 * @param id its place in the log
 * @param created when the log took it
 * @param updater who submitted it
 */
public record Receipt(SubmissionId id, Instant created, User updater) {}
