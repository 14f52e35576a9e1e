package dev.sluice.processor.task;

import dev.sluice.contract.submission.AnalysisType;
import java.time.Instant;

/**
 * The facts that all notes of a submission share.
 *
 * @param id the submission's id
 * @param received when it was appended to the log
 */
public record NotedSubmission(long id, long project, Instant received, AnalysisType type) {}
