package dev.sluice.contract.submission;

import dev.sluice.contract.thread.Carriers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.sym.PropertyNameMatcher;

/** One pass over a session. */
final class SessionPass {

    static final int MAX_REF_LENGTH = 255;

    private static final Choices<AnalysisType> TYPES = Choices.of(AnalysisType.OF_SESSIONS, AnalysisType::slug);

    // A name is immutable, though its bytes are in an array; and a set of fields would be allocated for each session.
    @SuppressWarnings({"ImmutableEnumChecker", "EnumOrdinal"})
    private enum Field {
        ANALYSIS_REF("analysis_ref", true),
        ANALYSIS_TYPE("analysis_type", true),
        NOTES("notes", false),
        EXTRA("extra", false);

        private final FieldName name;
        private final boolean required;

        Field(String name, boolean required) {
            this.name = FieldName.of(name);
            this.required = required;
        }

        private int bit() {
            return 1 << ordinal();
        }
    }

    private static final Field[] FIELDS = Field.values();
    private static final PropertyNameMatcher NAMES =
            BodyParser.names(Stream.of(FIELDS).map(field -> field.name));

    private final BodyParser parser;
    private final FieldReader fields;
    private final NotePass notePass;
    private final SubmissionErrors errors = new SubmissionErrors();
    private final DocumentSink sink;

    private int seen;
    private @Nullable String analysisRef;
    private @Nullable AnalysisType analysisType;
    private Slice extra = Slice.EMPTY;
    private int notes;
    private int sliceEnd = Carriers.SLICE_BYTES;

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
        errors.setNoteCount(notes);
        if (!errors.isEmpty()) {
            return new Validation.Invalid<>(errors);
        }
        if (sink.size() > SubmissionValidator.MAX_DOCUMENT_BYTES) {
            return new Validation.TooLarge<>(sink.size());
        }
        if (analysisRef == null || analysisType == null) {
            throw new IllegalStateException("a session without a reference or a type was found valid");
        }
        return new Validation.Valid<>(new SessionSummary(analysisRef, analysisType, extra));
    }

    private void readFields() {
        for (int at = parser.nextField(NAMES); at != BodyParser.NO_FIELD; at = parser.nextField(NAMES)) {
            JsonToken token = parser.nextToken();
            if (at == BodyParser.UNKNOWN_FIELD) {
                parser.skipChildren();
            } else {
                Field field = FIELDS[at];
                report(field, isRepeated(field) ? fields.skip(Texts.TWICE) : read(field, token));
            }
        }
        for (Field field : FIELDS) {
            if (field.required && (seen & field.bit()) == 0) {
                report(field, Texts.REQUIRED);
            }
        }
    }

    private @Nullable String read(Field field, JsonToken token) {
        return switch (field) {
            case ANALYSIS_REF -> {
                String problem = fields.text(field.name, token, MAX_REF_LENGTH, false);
                analysisRef = problem == null ? fields.lastText() : null;
                yield problem;
            }
            case ANALYSIS_TYPE -> {
                String problem = fields.choice(field.name, token, TYPES);
                analysisType = fields.lastChoice(TYPES);
                yield problem;
            }
            case NOTES -> readNotes(token);
            case EXTRA -> {
                String problem = fields.object(field.name, token);
                extra = fields.lastSlice();
                yield problem;
            }
        };
    }

    private @Nullable String readNotes(JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            return fields.wrongType(token, Texts.notAList(FieldReader.typeOf(token)));
        }
        fields.sink().startArray(Field.NOTES.name);
        for (JsonToken entry = parser.nextToken(); entry != JsonToken.END_ARRAY; entry = parser.nextToken()) {
            if (notes < SubmissionValidator.MAX_NOTES) {
                notePass.readEmbedded(notes, entry);
            } else {
                parser.skipChildren();
            }
            notes++;
            if (parser.tokenEnd() > sliceEnd) {
                sliceEnd = parser.tokenEnd() + Carriers.SLICE_BYTES;
                Carriers.giveWay();
            }
        }
        fields.sink().end();
        return notes > SubmissionValidator.MAX_NOTES ? Texts.tooMany(SubmissionValidator.MAX_NOTES) : null;
    }

    private boolean isRepeated(Field field) {
        boolean repeated = (seen & field.bit()) != 0;
        seen |= field.bit();
        return repeated;
    }

    private void report(Field field, @Nullable String problem) {
        if (problem != null) {
            errors.add(field.name.text(), problem);
            fields.stopWriting();
        }
    }

    private void reportConstraint() {
        fields.stopWriting();
        String field = parser.fieldAt(1);
        if (field.equals(Field.NOTES.name.text())) {
            notePass.reportConstraint(notes);
            notes++;
        } else {
            errors.add(field, BodyRoot.BEYOND_READING);
        }
    }
}
