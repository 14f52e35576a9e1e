package dev.sluice.ingest.intake;

import dev.sluice.contract.topic.SubmissionDigest;

/** The claim that an Idempotency-Key, as the client sent it, identifies a submission with this digest. */
public record Claim(String key, SubmissionDigest digest) {}
