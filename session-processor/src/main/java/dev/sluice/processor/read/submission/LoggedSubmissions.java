package dev.sluice.processor.read.submission;

import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Submissions as they stand in the log. */
public interface LoggedSubmissions {

    /**
     * What the log alone says of a submission.
     *
     * @param project the project that the record's key names, if it names one
     * @param received its LogAppendTime
     */
    record LoggedSubmission(OptionalLong project, Instant received) {}

    /** The record at a place; nothing if the log has none there. Ends within a bounded time. */
    Optional<LoggedSubmission> find(SubmissionId place);
}
