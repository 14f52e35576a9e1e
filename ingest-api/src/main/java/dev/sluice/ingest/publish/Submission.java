package dev.sluice.ingest.publish;

import org.apache.kafka.common.header.Headers;

/**
 * Something to be written to the log.
 *
 * @param project the project it belongs to
 * @param body the JSON exactly as it was submitted
 * @param headers see {@link dev.sluice.contract.topic.SubmissionHeaders}
 */
// Passed on once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Submission(long project, byte[] body, Headers headers) {}
