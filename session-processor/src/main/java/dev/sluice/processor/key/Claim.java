package dev.sluice.processor.key;

import dev.sluice.contract.topic.SubmissionDigest;

/**
 * That a key belongs to a submission, for ever.
 *
 * @param key as {@link ProjectKeys} makes it
 * @param submission the id of the submission
 * @param digest what the submission says
 */
public record Claim(String key, long submission, SubmissionDigest digest) {}
