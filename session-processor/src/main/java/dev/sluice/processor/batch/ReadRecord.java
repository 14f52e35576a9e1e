package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.store.SubmissionDocument;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A record as far as it can be known without the store.
 *
 * @param document what the server knows of it
 * @param traceparent its trace context, if it has one
 * @param requestId the name of the request that it came with, if it has one
 * @param reading what it turned out to be
 * @param content which of the chunk's contents is its own, if it is a session or a note
 * @param firstNote where its notes begin among the chunk's
 * @param endNote where they end
 * @param resubmissionOf the submission that it says to put back on the log
 * @param digest what it says; null if it has nothing to claim a key with
 */
record ReadRecord(
        SubmissionDocument document,
        Optional<String> traceparent,
        Optional<String> requestId,
        ParsedRecord reading,
        int content,
        int firstNote,
        int endNote,
        OptionalLong resubmissionOf,
        @Nullable SubmissionDigest digest) {

    long id() {
        return document.id().value();
    }

    /** Of a record that is a submission. */
    long project() {
        return document.project().orElseThrow();
    }
}
