package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.sym.PropertyNameMatcher;

/** One pass over a session. */
final class SessionPass {

    static final int MAX_REF_LENGTH = 255;

    private static final Choices<AnalysisType> TYPES = Choices.of(AnalysisType.OF_SESSIONS, AnalysisType::slug);

    // In the order of their bits in `seen` and of the numbers below.
    private static final FieldName[] FIELDS = FieldName.all("analysis_ref", "analysis_type", "notes", "extra");
    private static final PropertyNameMatcher NAMES = BodyParser.names(FIELDS);
    private static final int REF = 0;
    private static final int TYPE = 1;
    private static final int NOTES = 2;
    private static final int EXTRA = 3;

    private final BodyParser parser;
    private final FieldReader fields;
    private final NotePass notePass;
    private final SubmissionErrors errors = new SubmissionErrors();
    private final DocumentSink sink;

    private String reading = SubmissionErrors.NO_FIELD;
    private int seen;
    private @Nullable String analysisRef;
    private @Nullable AnalysisType analysisType;
    private Slice extra = Slice.EMPTY;
    private int notes;

    SessionPass(BodyParser parser, long project, DocumentSink sink, NoteListener listener) {
        this.parser = parser;
        this.sink = sink;
        this.fields = new FieldReader(parser, sink);
        this.notePass = NotePass.ofEmbedded(parser, fields, project, listener, errors);
    }

    Validation<SessionSummary> run() {
        try {
            BodyRoot.read(parser, errors, this::readFields);
        } catch (StreamConstraintsException e) {
            // The body exceeds the parser's limit of depth: stop here and report the errors so far.
            reportConstraint();
        }
        if (!errors.isEmpty()) {
            return new Validation.Invalid<>(errors);
        }
        if (sink.size() > SubmissionValidator.MAX_DOCUMENT_BYTES) {
            return new Validation.TooLarge<>(sink.size(), SubmissionValidator.MAX_DOCUMENT_BYTES);
        }
        if (analysisRef == null || analysisType == null) {
            throw new IllegalStateException("a session without a reference or a type was found valid");
        }
        return new Validation.Valid<>(new SessionSummary(analysisRef, analysisType, extra));
    }

    private void readFields() {
        for (int field = parser.nextField(NAMES); field != BodyParser.NO_FIELD; field = parser.nextField(NAMES)) {
            reading = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case REF -> readRef(token);
                case TYPE -> readType(token);
                case NOTES -> readNotes(token);
                case EXTRA -> readExtra(token);
                default -> parser.skipChildren();
            }
        }
        reading = SubmissionErrors.NO_FIELD;
        if ((seen & 1 << REF) == 0) {
            report(REF, Texts.REQUIRED);
        }
        if ((seen & 1 << TYPE) == 0) {
            report(TYPE, Texts.REQUIRED);
        }
    }

    private void readRef(JsonToken token) {
        String problem =
                isRepeated(REF) ? fields.skip(Texts.TWICE) : fields.text(FIELDS[REF], token, MAX_REF_LENGTH, false);
        if (problem == null) {
            analysisRef = fields.lastText();
        }
        report(REF, problem);
    }

    private void readType(JsonToken token) {
        if (isRepeated(TYPE)) {
            report(TYPE, fields.skip(Texts.TWICE));
            return;
        }
        analysisType = fields.choice(FIELDS[TYPE], token, TYPES);
        report(TYPE, fields.problem());
    }

    private void readExtra(JsonToken token) {
        int start = fields.tokenStart();
        report(EXTRA, isRepeated(EXTRA) ? fields.skip(Texts.TWICE) : fields.object(FIELDS[EXTRA], token));
        extra = fields.sliceFrom(start);
    }

    private void readNotes(JsonToken token) {
        if (isRepeated(NOTES)) {
            report(NOTES, fields.skip(Texts.TWICE));
            return;
        }
        if (token != JsonToken.START_ARRAY) {
            report(
                    NOTES,
                    fields.skip(
                            token == JsonToken.VALUE_NULL
                                    ? Texts.NOT_NULL
                                    : Texts.notAList(FieldReader.typeOf(token))));
            return;
        }
        fields.sink().startArray(FIELDS[NOTES]);
        for (JsonToken entry = parser.nextToken(); entry != JsonToken.END_ARRAY; entry = parser.nextToken()) {
            if (notes < SubmissionValidator.MAX_NOTES) {
                notePass.readEmbedded(notes, entry);
            } else {
                parser.skipChildren();
            }
            notes++;
        }
        fields.sink().end();
        if (notes > SubmissionValidator.MAX_NOTES) {
            report(NOTES, Texts.tooMany(SubmissionValidator.MAX_NOTES));
        }
        errors.setNoteCount(notes);
    }

    private boolean isRepeated(int field) {
        boolean repeated = (seen & 1 << field) != 0;
        seen |= 1 << field;
        return repeated;
    }

    private void report(int field, @Nullable String problem) {
        if (problem != null) {
            errors.add(FIELDS[field].text(), problem);
            fields.stopWriting();
        }
    }

    private void reportConstraint() {
        fields.stopWriting();
        if (reading.equals(FIELDS[NOTES].text())) {
            notePass.reportConstraint(notes, BodyRoot.BEYOND_READING);
            errors.setNoteCount(notes + 1);
        } else {
            errors.add(reading, BodyRoot.BEYOND_READING);
        }
    }
}
