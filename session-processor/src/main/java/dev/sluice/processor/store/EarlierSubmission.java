package dev.sluice.processor.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of a submission that a later one names.
 *
 * @param project the submission's project
 * @param stored the id of the session or note that it reads as: its own or its original's; empty if neither
 * @param sessionType the slug of that session's type, which may be one that only a later version knows; empty if it is not a session
 * @param resubmissionOf the id of the submission that it put back on the log, if any
 * @param key its Idempotency-Key, if any
 * @param isDeadLetter whether it could not be read, or was set aside
 */
public record EarlierSubmission(
        long project,
        OptionalLong stored,
        Optional<String> sessionType,
        OptionalLong resubmissionOf,
        Optional<String> key,
        boolean isDeadLetter) {}
