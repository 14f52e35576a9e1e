package dev.sluice.processor.task;

import java.time.Instant;

/**
 * The facts that all notes of a submission share.
 *
 * @param received when it was appended to the log
 * @param type the slug of its analysis type, which may be one that only a later version knows
 */
public record NotedSubmission(long id, long project, Instant received, String type) {}
