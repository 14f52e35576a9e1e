package dev.sluice.ingest.publish;

import org.apache.kafka.common.header.Headers;

/**
 * A submission to write to the log.
 *
 * @param project the project it belongs to
 * @param body the JSON exactly as submitted
 * @param headers see {@link dev.sluice.contract.topic.SubmissionHeaders}
 */
// Instances are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Submission(long project, byte[] body, Headers headers) {}
