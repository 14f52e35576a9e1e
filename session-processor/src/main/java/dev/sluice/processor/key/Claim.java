package dev.sluice.processor.key;

import dev.sluice.contract.topic.SubmissionDigest;

/**
 * The permanent claim of a submission on a key.
 *
 * @param key as {@link ProjectKeys} makes it
 * @param submission the id of the submission
 * @param digest the digest of the submission's value
 */
public record Claim(String key, long submission, SubmissionDigest digest) {}
