package dev.sluice.ingest.publish;

import dev.sluice.contract.topic.ProjectKey;
import org.apache.kafka.common.header.Headers;

/** A submission to write to the log: the JSON exactly as submitted, and headers as in {@link dev.sluice.contract.topic.SubmissionHeaders}. */
// Instances are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Submission(long project, byte[] key, byte[] body, Headers headers) {

    public Submission(long project, byte[] body, Headers headers) {
        this(project, ProjectKey.of(project), body, headers);
    }
}
