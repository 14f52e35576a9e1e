package dev.sluice.ingest.intake;

import dev.sluice.contract.topic.SubmissionDigest;

/**
 * That an Idempotency-Key stands for a submission.
 *
 * @param key as the client sent it
 * @param digest of the submission
 */
public record Claim(String key, SubmissionDigest digest) {}
