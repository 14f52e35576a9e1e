package dev.sluice.processor.outcome;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.StatusChanges;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of a submission.
 *
 * @param project the project that its key names, if any
 * @param received when it was appended to the log
 * @param updater the id of the user who submitted it, if the headers say so
 * @param traceparent the record's trace context, if any
 * @param notes the number of its stored notes by status, without statuses that no note has
 * @param statusChanges the tasks whose status it changed
 */
public record SubmissionOutcome(
        SubmissionId id,
        OptionalLong project,
        Instant received,
        Instant processed,
        OptionalLong updater,
        Optional<String> traceparent,
        Outcome outcome,
        Map<NoteStatus, Integer> notes,
        StatusChanges statusChanges) {

    /** The outcome of the same record as it was first published. */
    public SubmissionOutcome as(FirstDelivery first) {
        return new SubmissionOutcome(
                id, project, received, first.processed(), updater, traceparent, outcome, notes, first.statusChanges());
    }
}
