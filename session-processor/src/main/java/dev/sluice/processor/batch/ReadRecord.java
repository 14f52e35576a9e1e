package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.store.SubmissionDocument;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a record that is known without the store.
 *
 * @param document the facts that its document begins with
 * @param written where its chunk has the contents and notes
 * @param putsBack the submission that it asks to put back on the log
 * @param digest the digest of its value; null if it has neither a key nor a submission to put back
 */
record ReadRecord(
        ConsumerRecord<byte[], byte[]> source,
        SubmissionDocument document,
        Reading reading,
        Chunk.Written written,
        OptionalLong putsBack,
        @Nullable SubmissionDigest digest) {

    long id() {
        return document.id().value();
    }

    /** The project of a record that is a submission. */
    long project() {
        return document.project().orElseThrow();
    }
}
