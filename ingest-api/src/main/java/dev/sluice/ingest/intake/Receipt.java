package dev.sluice.ingest.intake;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/** Confirms that a submission is durable at its place in the log, with the time the log recorded and the user who submitted it. */
public record Receipt(SubmissionId id, Instant created, User updater) {}
