package dev.sluice.processor.task;

import dev.sluice.contract.submission.AnalysisType;
import java.time.Instant;

/**
 * What all notes of a submission have in common.
 *
 * @param id the submission's id
 * @param received when it came to the log
 */
public record NotedSubmission(long id, long project, Instant received, AnalysisType type) {}
