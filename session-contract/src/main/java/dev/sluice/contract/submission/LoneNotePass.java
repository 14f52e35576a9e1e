package dev.sluice.contract.submission;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;

/** One pass over one note that is submitted alone. */
final class LoneNotePass {

    private final JsonParser parser;
    private final NotePass note;
    private final SubmissionErrors errors = new SubmissionErrors();
    private final DocumentSink sink;

    LoneNotePass(JsonParser parser, long project, DocumentSink sink) {
        this.parser = parser;
        this.sink = sink;
        this.note = NotePass.ofAlone(parser, new FieldReader(parser, sink), project, errors);
    }

    Validation<NoteSummary> run() {
        try {
            BodyRoot.read(parser, errors, note::readFields);
        } catch (StreamConstraintsException e) {
            note.reportConstraint(0, BodyRoot.BEYOND_READING);
        }
        if (!errors.isEmpty()) {
            return new Validation.Invalid<>(errors);
        }
        if (sink.size() > SubmissionValidator.MAX_DOCUMENT_BYTES) {
            return new Validation.TooLarge<>(sink.size(), SubmissionValidator.MAX_DOCUMENT_BYTES);
        }
        return new Validation.Valid<>(note.summary());
    }
}
