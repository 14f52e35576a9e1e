package dev.sluice.processor.batch;

import dev.sluice.contract.submission.NoteListener;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells what a record is. The topic is open to any producer, so nothing about a record is taken for granted. */
final class RecordReader {

    private final SubmissionValidator validator;
    private final RecordForm form;

    RecordReader(SubmissionValidator validator, RecordForm form) {
        this.validator = validator;
        this.form = form;
    }

    /** The project that a record is of, if it is any's. */
    OptionalLong project(ConsumerRecord<byte[], byte[]> source) {
        return form.project(source);
    }

    /**
     * Reads a record.
     *
     * @param contents gets one more document if the result is a session or a note, else none
     * @param notes hears of the notes; what it has heard is of use only if the result is a session or a note
     */
    Reading read(ConsumerRecord<byte[], byte[]> source, BsonBuffer contents, NoteListener notes) {
        Optional<String> fault = form.fault(source);
        if (fault.isPresent()) {
            return new Reading.Unreadable(fault.get());
        }
        long project = ProjectKey.parse(source.key()).orElseThrow();
        String task = SubmissionHeaders.task(source.headers()).orElse("");
        return RecordForm.isNote(source)
                ? readNote(source.value(), project, task, contents, notes)
                : readSession(source.value(), project, contents, notes);
    }

    private Reading readSession(byte[] body, long project, BsonBuffer contents, NoteListener notes) {
        SubmissionDocument.beginSessionContent(contents);
        return switch (validator.validateSession(body, project, contents, notes)) {
            case Validation.Valid(var session) -> {
                contents.finish();
                yield new Reading.Session(session);
            }
            case Validation.Invalid(var errors) -> new Reading.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new Reading.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new Reading.Unreadable(reason);
        };
    }

    private Reading readNote(byte[] body, long project, String task, BsonBuffer contents, NoteListener notes) {
        SubmissionDocument.beginNoteContent(contents, task);
        return switch (validator.validateNote(body, project, contents)) {
            case Validation.Valid(NoteSummary note) -> {
                SubmissionDocument.finishNoteContent(contents);
                notes.note(task, note.behaviour(), note.status());
                yield new Reading.LoneNote(task, note);
            }
            case Validation.Invalid(var errors) -> new Reading.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new Reading.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new Reading.Unreadable(reason);
        };
    }
}
