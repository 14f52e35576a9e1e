package dev.sluice.processor.store;

import dev.sluice.contract.submission.AnalysisType;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a submission that a later one names.
 *
 * @param project the project it belongs to
 * @param stored the id of the session or note that it reads as: its own, or that of which it is a duplicate; empty if there is none
 * @param sessionType the type of that session; empty if it is none
 * @param resubmissionOf the id of the submission that it put back on the log, if it did
 */
public record EarlierSubmission(
        long project, OptionalLong stored, Optional<AnalysisType> sessionType, OptionalLong resubmissionOf) {}
