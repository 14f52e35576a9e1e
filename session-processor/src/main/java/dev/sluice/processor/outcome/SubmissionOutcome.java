package dev.sluice.processor.outcome;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.VerificationChanges;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of which submission.
 *
 * @param id the submission's place in the log
 * @param project the project that its key names, if it names one
 * @param received when it came to the log
 * @param processed when its outcome was decided
 * @param updater the id of the user who submitted, if its headers say so
 * @param traceparent the record's trace context, if it has one
 * @param outcome what became of it
 * @param notes those that were stored with it, by their status
 * @param verifications the tasks whose status it changed
 */
public record SubmissionOutcome(
        SubmissionId id,
        OptionalLong project,
        Instant received,
        Instant processed,
        OptionalLong updater,
        Optional<String> traceparent,
        Outcome outcome,
        NoteCounts notes,
        VerificationChanges verifications) {

    /** The outcome of the same record as it was told first. */
    public SubmissionOutcome as(FirstDelivery first) {
        return new SubmissionOutcome(
                id, project, received, first.processed(), updater, traceparent, outcome, notes, first.verifications());
    }
}
