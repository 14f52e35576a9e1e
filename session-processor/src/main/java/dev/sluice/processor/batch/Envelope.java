package dev.sluice.processor.batch;

import dev.sluice.contract.access.User;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a record says beside its JSON, each as far as it is there and well formed.
 *
 * @param project the one that the record is of: whose id is its key, and whose partition it is in
 * @param task of a lone note, without its project
 * @param idempotencyKey the client's key
 * @param resubmissionOf the submission that it says to put back on the log
 * @param user who submitted
 */
record Envelope(
        OptionalLong project,
        Optional<String> task,
        Optional<String> idempotencyKey,
        OptionalLong resubmissionOf,
        Optional<User> user) {}
