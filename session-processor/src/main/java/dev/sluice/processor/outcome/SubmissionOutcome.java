package dev.sluice.processor.outcome;

import dev.sluice.contract.id.SubmissionId;
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
 * @param traceparent the record's trace context, if it has one
 * @param outcome what became of it
 */
public record SubmissionOutcome(
        SubmissionId id,
        OptionalLong project,
        Instant received,
        Instant processed,
        Optional<String> traceparent,
        Outcome outcome) {}
