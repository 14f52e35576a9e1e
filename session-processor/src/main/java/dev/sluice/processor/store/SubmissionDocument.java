package dev.sluice.processor.store;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server knows of a record before it looks into the value, and how that is written: first in every document, so that MongoDB
 * finds {@code _id} where it wants it.
 *
 * @param id the record's place in the log
 * @param project the project that its key names, if it names one
 * @param received its LogAppendTime
 * @param updater who submitted, if its headers say so
 */
public record SubmissionDocument(SubmissionId id, OptionalLong project, Instant received, Optional<User> updater) {

    /** Begins a session's document; the validator's fields follow, then {@link BsonBuffer#finish}. */
    public void beginSession(BsonBuffer buffer) {
        begin(buffer, SubmissionKind.SESSION);
        buffer.countFromHere();
    }

    /**
     * Writes a rejected submission.
     *
     * @param errors what is wrong, as a JSON object
     */
    public void writeRejected(BsonBuffer buffer, byte[] errors) {
        begin(buffer, SubmissionKind.REJECTED);
        JsonDocuments.copyObject(SubmissionFields.ERRORS, errors, buffer);
        buffer.finish();
    }

    /** Writes that the record is a dead letter. */
    public void writeDeadLetter(BsonBuffer buffer, String reason) {
        begin(buffer, SubmissionKind.DEAD_LETTER);
        buffer.string(SubmissionFields.REASON, reason);
        buffer.int32(SubmissionFields.PARTITION, id.partition());
        buffer.int64(SubmissionFields.OFFSET, id.offset());
        buffer.finish();
    }

    private void begin(BsonBuffer buffer, SubmissionKind kind) {
        buffer.begin();
        buffer.int64(SubmissionFields.ID, id.value());
        buffer.string(SubmissionFields.KIND, kind.slug());
        if (project.isPresent()) {
            buffer.int64(SubmissionFields.PROJECT, project.getAsLong());
        }
        buffer.dateTime(SubmissionFields.RECEIVED, received.toEpochMilli());
        if (updater.isPresent()) {
            writeUpdater(buffer, updater.get());
        } else {
            buffer.nil(SubmissionFields.UPDATER);
        }
    }

    private static void writeUpdater(BsonBuffer buffer, User user) {
        buffer.startObject(SubmissionFields.UPDATER);
        buffer.int64("id", user.id());
        buffer.string("email", user.email());
        buffer.string("first_name", user.firstName());
        buffer.string("last_name", user.lastName());
        buffer.end();
    }
}
