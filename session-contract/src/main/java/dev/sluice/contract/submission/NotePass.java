package dev.sluice.contract.submission;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;

/** Reads notes one after another, allocating nothing for a valid note. */
final class NotePass {

    static final int MAX_FINDING_REF_LENGTH = 10_000;

    // In the session, in its list of notes, in the note.
    private static final int DEPTH_OF_EMBEDDED = 3;

    private static final Choices<Behaviour> BEHAVIOURS = Choices.of(List.of(Behaviour.values()), Behaviour::slug);
    private static final Choices<String> CONFIDENCES = Choices.of("high", "low");
    private static final Choices<NoteStatus> STATUSES = Choices.of(List.of(NoteStatus.values()), NoteStatus::slug);

    // In the order of their bits in `seen` and of the numbers below: with an enum, as SessionPass has, a note takes 3 %
    // longer.
    private static final FieldName[] FIELDS = Stream.of(
                    NoteFields.TASK,
                    NoteFields.ANALYSIS_SESSION,
                    NoteFields.BEHAVIOUR,
                    NoteFields.CONFIDENCE,
                    NoteFields.FINDINGS,
                    NoteFields.STATUS,
                    NoteFields.FINDING_REF,
                    NoteFields.AUTOMATIC,
                    "task_status_mapping")
            .map(FieldName::of)
            .toArray(FieldName[]::new);
    private static final PropertyNameMatcher NAMES = BodyParser.names(Stream.of(FIELDS));
    private static final int TASK = 0;
    private static final int ANALYSIS_SESSION = 1;
    private static final int BEHAVIOUR = 2;
    private static final int CONFIDENCE = 3;
    private static final int FINDINGS = 4;
    private static final int STATUS = 5;
    private static final int FINDING_REF = 6;
    private static final int AUTOMATIC = 7;
    private static final int MAPPING = 8;
    private static final int REQUIRED = 1 << BEHAVIOUR | 1 << CONFIDENCE | 1 << FINDINGS | 1 << STATUS;

    private final BodyParser parser;
    private final FieldReader fields;
    private final TaskField tasks;
    private final MappingField mappings;
    private final boolean alone;
    private final int ignored;
    private final NoteListener listener;
    private final SubmissionErrors errors;

    private int index;
    private int seen;
    private boolean faulty;
    private @Nullable Behaviour behaviour;
    private @Nullable String confidence;
    private @Nullable NoteStatus status;
    private OptionalLong session = OptionalLong.empty();
    private boolean automatic;
    private Slice findings = Slice.EMPTY;
    private Slice findingRef = Slice.EMPTY;

    private NotePass(
            BodyParser parser,
            FieldReader fields,
            long project,
            boolean alone,
            NoteListener listener,
            SubmissionErrors errors) {
        this.parser = parser;
        this.fields = fields;
        this.tasks = new TaskField(fields, project, listener != NoteListener.NONE);
        this.mappings = new MappingField(parser, fields);
        this.alone = alone;
        this.ignored = alone ? TASK : ANALYSIS_SESSION;
        this.listener = listener;
        this.errors = errors;
    }

    static NotePass ofEmbedded(
            BodyParser parser, FieldReader fields, long project, NoteListener listener, SubmissionErrors errors) {
        return new NotePass(parser, fields, project, false, listener, errors);
    }

    static NotePass ofAlone(BodyParser parser, FieldReader fields, long project, SubmissionErrors errors) {
        return new NotePass(parser, fields, project, true, NoteListener.NONE, errors);
    }

    /** Reads the note of a session that starts at {@code token}; {@code index} counts from 0. */
    void readEmbedded(int index, JsonToken token) {
        begin(index);
        if (token != JsonToken.START_OBJECT) {
            report(SubmissionErrors.NO_FIELD, fields.wrongType(token, Texts.invalidData(FieldReader.typeOf(token))));
            return;
        }
        fields.sink().startObject(null);
        readFields();
        fields.sink().end();
        if (!faulty && listener != NoteListener.NONE && behaviour != null && status != null) {
            listener.note(tasks.text(), behaviour, status);
        }
    }

    /** Reads the fields of a lone note, starting after its opening brace. */
    void readFields() {
        for (int field = parser.nextField(NAMES); field != BodyParser.NO_FIELD; field = parser.nextField(NAMES)) {
            JsonToken token = parser.nextToken();
            if (field == BodyParser.UNKNOWN_FIELD || field == ignored) {
                parser.skipChildren();
            } else if ((seen & 1 << field) != 0) {
                report(FIELDS[field].text(), fields.skip(Texts.TWICE));
            } else {
                seen |= 1 << field;
                report(FIELDS[field].text(), readField(field, token));
            }
        }
        int required = alone ? REQUIRED : REQUIRED | 1 << TASK;
        for (int field = 0; field < FIELDS.length; field++) {
            if ((required & ~seen & 1 << field) != 0) {
                report(FIELDS[field].text(), Texts.REQUIRED);
            }
        }
    }

    /** What the answer to a lone note needs; call only if there was no error. */
    NoteSummary summary() {
        if (behaviour == null || confidence == null || status == null) {
            throw new IllegalStateException("a note without a behaviour, a confidence or a status was found valid");
        }
        return new NoteSummary(session, behaviour, confidence, status, findings, findingRef, automatic);
    }

    /** Reports that the parser gave up within the note at {@code index}. */
    void reportConstraint(int index) {
        if (this.index != index) {
            begin(index);
        }
        report(parser.fieldAt(alone ? 1 : DEPTH_OF_EMBEDDED), BodyRoot.BEYOND_READING);
    }

    private void begin(int index) {
        this.index = index;
        seen = 0;
        faulty = false;
    }

    private @Nullable String readField(int field, JsonToken token) {
        return switch (field) {
            case TASK -> tasks.read(token);
            case ANALYSIS_SESSION -> session(token);
            case BEHAVIOUR -> {
                String problem = fields.choice(FIELDS[field], token, BEHAVIOURS);
                behaviour = fields.lastChoice(BEHAVIOURS);
                yield problem;
            }
            case CONFIDENCE -> {
                String problem = fields.choice(FIELDS[field], token, CONFIDENCES);
                confidence = fields.lastChoice(CONFIDENCES);
                yield problem;
            }
            case FINDINGS -> {
                String problem = fields.objectOrArray(FIELDS[field], token);
                findings = alone ? fields.lastSlice() : Slice.EMPTY;
                yield problem;
            }
            case STATUS -> {
                String problem = fields.choice(FIELDS[field], token, STATUSES);
                status = fields.lastChoice(STATUSES);
                yield problem;
            }
            case FINDING_REF -> findingRef(token);
            case AUTOMATIC -> {
                automatic = token == JsonToken.VALUE_TRUE;
                yield fields.bool(FIELDS[field], token);
            }
            case MAPPING -> mappings.read(token, problem -> report(FIELDS[field].text(), problem));
            default -> throw new IllegalStateException("no rule for the field " + FIELDS[field].text());
        };
    }

    private @Nullable String findingRef(JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String problem = fields.text(FIELDS[FINDING_REF], token, MAX_FINDING_REF_LENGTH, true);
        findingRef = alone ? fields.lastSlice() : Slice.EMPTY;
        return problem;
    }

    private @Nullable String session(JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return fields.skip(Texts.notAnId(FieldReader.typeOf(token)));
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return Texts.noSuchId(parser.getString());
        }
        // Not passed to the sink: it belongs to the submission, not to the embedded form of a note.
        session = OptionalLong.of(parser.getLongValue());
        return null;
    }

    private void report(String field, @Nullable String problem) {
        if (problem == null) {
            return;
        }
        fields.stopWriting();
        if (alone) {
            errors.add(field, problem);
        } else if (faulty || !errors.isFull()) {
            errors.addToNote(index, field, problem);
        } else {
            errors.countUnlistedNote();
        }
        faulty = true;
    }
}
