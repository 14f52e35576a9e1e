package dev.sluice.contract.submission;

import dev.sluice.contract.submission.SessionSummary.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/** One pass over one session. */
final class SessionPass {

    static final int MAX_REF_LENGTH = 255;

    private static final Choices TYPES = Choices.of(Arrays.stream(AnalysisType.values())
            .filter(AnalysisType::isOfSessions)
            .map(AnalysisType::slug)
            .toList());

    private static final int SEEN_REF = 1;
    private static final int SEEN_TYPE = 2;
    private static final int SEEN_NOTES = 4;
    private static final int SEEN_EXTRA = 8;

    private final JsonParser parser;
    private final FieldReader fields;
    private final NotePass notePass;
    private final SubmissionErrors errors = new SubmissionErrors();
    private final DocumentSink sink;

    private String reading = SubmissionErrors.NO_FIELD;
    private int seen;
    private @Nullable String analysisRef;
    private @Nullable String analysisType;
    private Slice extra = Slice.EMPTY;
    private int notes;

    SessionPass(JsonParser parser, long project, DocumentSink sink) {
        this.parser = parser;
        this.sink = sink;
        this.fields = new FieldReader(parser, sink);
        this.notePass = new NotePass(parser, fields, project);
    }

    Validation run() {
        try {
            readRoot();
        } catch (StreamConstraintsException e) {
            // Deeper or with longer numbers than the parser reads at all: reading stops here, with what was found so
            // far.
            reportConstraint();
        }
        if (!errors.isEmpty()) {
            return new Validation.Invalid(errors);
        }
        if (sink.size() > SubmissionValidator.MAX_DOCUMENT_BYTES) {
            return new Validation.TooLarge(sink.size(), SubmissionValidator.MAX_DOCUMENT_BYTES);
        }
        if (analysisRef == null || analysisType == null) {
            throw new IllegalStateException("a session without a reference or a type was found valid");
        }
        AnalysisType type = AnalysisType.ofSession(analysisType).orElseThrow();
        return new Validation.Valid(new SessionSummary(analysisRef, type, extra, notes, sink.size()));
    }

    private void readRoot() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new tools.jackson.core.exc.StreamReadException(parser, "The body is empty", parser.currentLocation());
        }
        if (token == JsonToken.START_OBJECT) {
            readFields();
        } else {
            errors.add(SubmissionErrors.NO_FIELD, Texts.invalidData(FieldReader.typeOf(token)));
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new tools.jackson.core.exc.StreamReadException(
                    parser, "Unexpected text after the end of the JSON value", parser.currentTokenLocation());
        }
    }

    private void readFields() {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            reading = name;
            JsonToken token = parser.nextToken();
            switch (name) {
                case "analysis_ref" -> readRef(token);
                case "analysis_type" -> readType(token);
                case "notes" -> readNotes(token);
                case "extra" -> readExtra(token);
                default -> parser.skipChildren();
            }
        }
        reading = SubmissionErrors.NO_FIELD;
        if ((seen & SEEN_REF) == 0) {
            errors.add("analysis_ref", Texts.REQUIRED);
        }
        if ((seen & SEEN_TYPE) == 0) {
            errors.add("analysis_type", Texts.REQUIRED);
        }
    }

    private void readRef(JsonToken token) {
        String problem = isRepeated(SEEN_REF)
                ? fields.skip(Texts.TWICE)
                : fields.text("analysis_ref", token, MAX_REF_LENGTH, false);
        if (problem == null) {
            analysisRef = parser.getString();
        }
        report("analysis_ref", problem);
    }

    private void readType(JsonToken token) {
        if (isRepeated(SEEN_TYPE)) {
            report("analysis_type", fields.skip(Texts.TWICE));
            return;
        }
        analysisType = fields.choice("analysis_type", token, TYPES);
        report("analysis_type", fields.problem());
    }

    private void readExtra(JsonToken token) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        report("extra", isRepeated(SEEN_EXTRA) ? fields.skip(Texts.TWICE) : fields.object("extra", token));
        extra = new Slice(start, (int) parser.currentLocation().getByteOffset() - start);
    }

    private void readNotes(JsonToken token) {
        if (isRepeated(SEEN_NOTES)) {
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
                notePass.readEmbedded(notes, entry, errors);
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
        boolean repeated = (seen & field) != 0;
        seen |= field;
        return repeated;
    }

    private void report(String field, @Nullable String problem) {
        if (problem != null) {
            errors.add(field, problem);
            fields.stopWriting();
        }
    }

    private void reportConstraint() {
        String problem = "Nested too deeply, or holds a number that is too long: expected at most "
                + JsonValues.MAX_DEPTH + " levels and numbers that can be stored exactly.";
        fields.stopWriting();
        if (reading.equals("notes")) {
            notePass.reportConstraint(notes, errors, problem);
            errors.setNoteCount(notes + 1);
        } else {
            errors.add(reading, problem);
        }
    }
}
