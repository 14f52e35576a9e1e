package dev.sluice.contract.submission;

import tools.jackson.core.exc.StreamConstraintsException;

/** One pass over a lone note. */
final class LoneNotePass {

    private static final int EMPTY_DOCUMENT = 5;

    private final BodyParser parser;
    private final NotePass note;
    private final SubmissionErrors errors = new SubmissionErrors();
    private final DocumentSink sink;
    private final long before;

    LoneNotePass(BodyParser parser, long project, DocumentSink sink) {
        this.parser = parser;
        this.sink = sink;
        this.before = sink.size();
        this.note = NotePass.ofAlone(parser, new FieldReader(parser, sink), project, errors);
    }

    Validation<NoteSummary> run() {
        try {
            BodyRoot.read(parser, errors, note::readFields);
        } catch (StreamConstraintsException e) {
            note.reportConstraint(0);
        }
        if (!errors.isEmpty()) {
            return new Validation.Invalid<>(errors);
        }
        // The processor writes more fields around the note, which must not change what the edge accepts.
        long documentBytes = EMPTY_DOCUMENT + sink.size() - before;
        if (documentBytes > SubmissionValidator.MAX_DOCUMENT_BYTES) {
            return new Validation.TooLarge<>(documentBytes);
        }
        return new Validation.Valid<>(note.summary());
    }
}
