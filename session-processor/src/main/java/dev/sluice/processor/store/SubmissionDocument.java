package dev.sluice.processor.store;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.FieldName;
import dev.sluice.contract.submission.NoteFields;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts about a record besides its value, and the writing of each kind of document. Documents begin with these facts, so that {@code _id}
 * comes first, where MongoDB wants it.
 *
 * @param id the record's place in the log
 * @param project the project that the key names, if any
 * @param received the record's LogAppendTime
 * @param updater who submitted it, if the headers say so
 * @param key its Idempotency-Key, if any
 */
public record SubmissionDocument(
        SubmissionId id, OptionalLong project, Instant received, Optional<User> updater, Optional<String> key) {

    /**
     * The target of documents that are written together.
     *
     * @param buffer receives the finished documents
     * @param contents the contents that the validator wrote for each valid submission
     * @param processed when the outcomes were decided
     */
    public record Target(BsonBuffer buffer, BsonBuffer contents, Instant processed) {}

    /** Begins the contents that the validator writes for a lone note: a list of one, as in a session. */
    public static void beginNoteContent(BsonBuffer contents, String task) {
        contents.begin();
        contents.startArray(FieldName.of(SubmissionFields.NOTES));
        contents.startObject(null);
        contents.string(FieldName.of(NoteFields.TASK), task);
    }

    public static void finishNoteContent(BsonBuffer contents) {
        contents.end();
        contents.end();
        contents.finish();
    }

    public void writeSession(Target target, OptionalLong resubmissionOf, StatusChanges statusChanges, int content) {
        begin(target, SubmissionKind.SESSION, resubmissionOf);
        target.buffer().copyFields(target.contents(), content);
        statusChanges.writeTo(target.buffer());
        target.buffer().finish();
    }

    public void writeNote(
            Target target,
            OptionalLong resubmissionOf,
            StatusChanges statusChanges,
            String type,
            OptionalLong session,
            int content) {
        begin(target, SubmissionKind.NOTE, resubmissionOf);
        target.buffer().string(FieldName.of(SubmissionFields.ANALYSIS_TYPE), type);
        if (session.isPresent()) {
            target.buffer().int64(FieldName.of(SubmissionFields.ANALYSIS_SESSION), session.getAsLong());
        }
        target.buffer().copyFields(target.contents(), content);
        statusChanges.writeTo(target.buffer());
        target.buffer().finish();
    }

    /** Writes a duplicate of the submission with the id {@code of}. */
    public void writeDuplicate(Target target, OptionalLong resubmissionOf, long of) {
        begin(target, SubmissionKind.DUPLICATE, resubmissionOf);
        target.buffer().int64(FieldName.of(SubmissionFields.OF), of);
        target.buffer().finish();
    }

    /** Writes a rejected submission with all its errors, a JSON object. */
    public void writeRejected(Target target, OptionalLong resubmissionOf, byte[] errors) {
        begin(target, SubmissionKind.REJECTED, resubmissionOf);
        JsonDocuments.copyObject(FieldName.of(SubmissionFields.ERRORS), errors, target.buffer());
        target.buffer().finish();
    }

    public void writeDeadLetter(Target target, String reason) {
        begin(target, SubmissionKind.DEAD_LETTER, OptionalLong.empty());
        target.buffer().string(FieldName.of(SubmissionFields.REASON), reason);
        target.buffer().int32(FieldName.of(SubmissionFields.PARTITION), id.partition());
        target.buffer().int64(FieldName.of(SubmissionFields.POSITION), id.position());
        target.buffer().finish();
    }

    private void begin(Target target, SubmissionKind kind, OptionalLong resubmissionOf) {
        BsonBuffer buffer = target.buffer();
        buffer.begin();
        buffer.int64(FieldName.of(SubmissionFields.ID), id.value());
        buffer.string(FieldName.of(SubmissionFields.KIND), kind.slug());
        if (project.isPresent()) {
            buffer.int64(FieldName.of(SubmissionFields.PROJECT), project.getAsLong());
        }
        buffer.dateTime(FieldName.of(SubmissionFields.RECEIVED), received.toEpochMilli());
        buffer.dateTime(
                FieldName.of(SubmissionFields.PROCESSED), target.processed().toEpochMilli());
        if (updater.isPresent()) {
            writeUpdater(buffer, updater.get());
        } else {
            buffer.nil(FieldName.of(SubmissionFields.UPDATER));
        }
        if (key.isPresent()) {
            buffer.string(FieldName.of(SubmissionFields.KEY), key.get());
        }
        if (resubmissionOf.isPresent()) {
            buffer.int64(FieldName.of(SubmissionFields.RESUBMISSION_OF), resubmissionOf.getAsLong());
        }
    }

    private static void writeUpdater(BsonBuffer buffer, User user) {
        buffer.startObject(FieldName.of(SubmissionFields.UPDATER));
        buffer.int64(FieldName.of("id"), user.id());
        buffer.string(FieldName.of("email"), user.email());
        buffer.string(FieldName.of("first_name"), user.firstName());
        buffer.string(FieldName.of("last_name"), user.lastName());
        buffer.end();
    }
}
