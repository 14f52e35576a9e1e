package dev.sluice.processor.batch;

import dev.sluice.contract.submission.NoteListener;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records. Any producer may write to the topic, so it assumes nothing about them. */
final class RecordReader {

    private final SubmissionValidator validator;
    private final RecordForm form;

    RecordReader(SubmissionValidator validator, RecordForm form) {
        this.validator = validator;
        this.form = form;
    }

    /** Reads what the record says outside its JSON. */
    Envelope envelope(ConsumerRecord<byte[], byte[]> source) {
        return form.envelope(source);
    }

    /**
     * Reads a record.
     *
     * @param envelope the record's {@link #envelope}
     * @param contents receives a document if the result is a session or a note
     * @param notes receives the notes, which are valid only if the result is a session or a note
     */
    ParsedRecord read(
            ConsumerRecord<byte[], byte[]> source, Envelope envelope, BsonBuffer contents, NoteListener notes) {
        Optional<String> fault = form.fault(source, envelope);
        if (fault.isPresent()) {
            return new ParsedRecord.Unreadable(fault.get());
        }
        long project = envelope.project().orElseThrow();
        return SubmissionForm.isNote(source.headers())
                ? readNote(source.value(), project, envelope.form().task().orElseThrow(), contents, notes)
                : readSession(source.value(), project, contents, notes);
    }

    private ParsedRecord readSession(byte[] body, long project, BsonBuffer contents, NoteListener notes) {
        SubmissionDocument.beginSessionContent(contents);
        return switch (validator.validateSession(body, project, contents, notes)) {
            case Validation.Valid(var session) -> {
                contents.finish();
                yield new ParsedRecord.Session(session);
            }
            case Validation.Invalid(var errors) -> new ParsedRecord.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new ParsedRecord.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new ParsedRecord.Unreadable(reason);
        };
    }

    private ParsedRecord readNote(byte[] body, long project, String task, BsonBuffer contents, NoteListener notes) {
        SubmissionDocument.beginNoteContent(contents, task);
        return switch (validator.validateNote(body, project, contents)) {
            case Validation.Valid(NoteSummary note) -> {
                SubmissionDocument.finishNoteContent(contents);
                notes.note(task, note.behaviour(), note.status());
                yield new ParsedRecord.LoneNote(task, note);
            }
            case Validation.Invalid(var errors) -> new ParsedRecord.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new ParsedRecord.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new ParsedRecord.Unreadable(reason);
        };
    }
}
