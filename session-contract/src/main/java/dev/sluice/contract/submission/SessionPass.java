package dev.sluice.contract.submission;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.sym.PropertyNameMatcher;

/** One pass over one session. */
final class SessionPass {

    static final int MAX_REF_LENGTH = 255;

    private static final Choices<AnalysisType> TYPES = Choices.of(
            Arrays.stream(AnalysisType.values())
                    .filter(AnalysisType::isOfSessions)
                    .toList(),
            AnalysisType::slug);

    private static final PropertyNameMatcher NAMES =
            BodyParser.names("analysis_ref", "analysis_type", "notes", "extra");
    // Places among the names, and of the bits in `seen`.
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
            // Deeper or with longer numbers than the parser reads at all: reading stops here, with what was found so
            // far.
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
        return new Validation.Valid<>(new SessionSummary(analysisRef, analysisType, extra, notes, sink.size()));
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
            errors.add("analysis_ref", Texts.REQUIRED);
        }
        if ((seen & 1 << TYPE) == 0) {
            errors.add("analysis_type", Texts.REQUIRED);
        }
    }

    private void readRef(JsonToken token) {
        String problem =
                isRepeated(REF) ? fields.skip(Texts.TWICE) : fields.text("analysis_ref", token, MAX_REF_LENGTH, false);
        if (problem == null) {
            analysisRef = fields.lastText();
        }
        report("analysis_ref", problem);
    }

    private void readType(JsonToken token) {
        if (isRepeated(TYPE)) {
            report("analysis_type", fields.skip(Texts.TWICE));
            return;
        }
        analysisType = fields.choice("analysis_type", token, TYPES);
        report("analysis_type", fields.problem());
    }

    private void readExtra(JsonToken token) {
        int start = fields.tokenStart();
        report("extra", isRepeated(EXTRA) ? fields.skip(Texts.TWICE) : fields.object("extra", token));
        extra = fields.sliceFrom(start);
    }

    private void readNotes(JsonToken token) {
        if (isRepeated(NOTES)) {
            report("notes", fields.skip(Texts.TWICE));
            return;
        }
        if (token != JsonToken.START_ARRAY) {
            report(
                    "notes",
                    fields.skip(
                            token == JsonToken.VALUE_NULL
                                    ? Texts.NOT_NULL
                                    : Texts.notAList(FieldReader.typeOf(token))));
            return;
        }
        fields.sink().startArray("notes");
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
            report("notes", Texts.tooMany(SubmissionValidator.MAX_NOTES));
        }
        errors.setNoteCount(notes);
    }

    private boolean isRepeated(int field) {
        boolean repeated = (seen & 1 << field) != 0;
        seen |= 1 << field;
        return repeated;
    }

    private void report(String field, @Nullable String problem) {
        if (problem != null) {
            errors.add(field, problem);
            fields.stopWriting();
        }
    }

    private void reportConstraint() {
        fields.stopWriting();
        if (reading.equals("notes")) {
            notePass.reportConstraint(notes, BodyRoot.BEYOND_READING);
            errors.setNoteCount(notes + 1);
        } else {
            errors.add(reading, BodyRoot.BEYOND_READING);
        }
    }
}
