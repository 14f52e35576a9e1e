package dev.sluice.ingest.intake;

import dev.sluice.contract.topic.SubmissionDigest;

/**
 * The claim that an Idempotency-Key identifies a submission.
 *
 * @param key as the client sent it
 * @param digest the digest of the submission
 */
public record Claim(String key, SubmissionDigest digest) {}
