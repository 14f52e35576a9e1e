package dev.sluice.processor.key;

/**
 * That a key belongs to a submission, for ever.
 *
 * @param key as {@link ProjectKeys} makes it
 * @param submission the id of the submission
 * @param digest what the submission says
 */
public record Claim(String key, long submission, ContentDigest digest) {}
