package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads notes, one after the other, without making anything for a note that is fine. */
final class NotePass {

    static final int MAX_FINDING_REF_LENGTH = 10_000;

    private static final Choices BEHAVIOURS = Choices.of("combine", "replace-scanner", "replace");
    private static final Choices CONFIDENCES = Choices.of("high", "low");
    private static final Choices STATUSES = Choices.of("pass", "partial", "fail", "none");
    private static final Choices MAPPED_STATUSES = Choices.of("pass", "partial", "fail");
    private static final Choices PASSED_TASK = Choices.of("TODO", "DONE");
    private static final Choices FAILED_TASK = Choices.of("TODO");

    // The fields in the order of their bits in `seen`; the first five are required.
    private static final String[] FIELDS = {
        "task", "behaviour", "confidence", "findings", "status", "finding_ref", "automatic", "task_status_mapping"
    };
    private static final int REQUIRED = 5;

    private final JsonParser parser;
    private final FieldReader fields;
    private final String project;
    private final String taskPrefix;

    private int seen;
    private String reading = SubmissionErrors.NO_FIELD;
    private @Nullable SubmissionErrors errors;
    private int index;
    private boolean faulty;

    NotePass(JsonParser parser, FieldReader fields, long project) {
        this.parser = parser;
        this.fields = fields;
        this.project = Long.toString(project);
        this.taskPrefix = this.project + "-";
    }

    /** Reads the note that starts at {@code token}, the {@code index}th from 0 of a session. */
    void readEmbedded(int index, JsonToken token, SubmissionErrors errors) {
        begin(index, errors);
        if (token == JsonToken.START_OBJECT) {
            fields.sink().startObject(null);
            readFields();
            fields.sink().end();
        } else {
            report(SubmissionErrors.NO_FIELD, fields.skip(Texts.invalidData(FieldReader.typeOf(token))));
        }
    }

    /** The parser gave up in the middle of a note. */
    void reportConstraint(int index, SubmissionErrors errors, String problem) {
        if (this.index != index) {
            begin(index, errors);
        }
        report(reading, problem);
    }

    private void begin(int index, SubmissionErrors errors) {
        this.index = index;
        this.errors = errors;
        seen = 0;
        faulty = false;
        reading = SubmissionErrors.NO_FIELD;
    }

    private void readFields() {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            reading = name;
            JsonToken token = parser.nextToken();
            int field = indexOf(name);
            if (field < 0) {
                parser.skipChildren();
            } else if ((seen & 1 << field) != 0) {
                report(name, fields.skip(Texts.TWICE));
            } else {
                seen |= 1 << field;
                report(FIELDS[field], readField(field, token));
            }
        }
        for (int field = 0; field < REQUIRED; field++) {
            if ((seen & 1 << field) == 0) {
                report(FIELDS[field], Texts.REQUIRED);
            }
        }
    }

    private static int indexOf(String name) {
        for (int i = 0; i < FIELDS.length; i++) {
            if (FIELDS[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable String readField(int field, JsonToken token) {
        return switch (FIELDS[field]) {
            case "task" -> task(token);
            case "behaviour" -> choice("behaviour", token, BEHAVIOURS);
            case "confidence" -> choice("confidence", token, CONFIDENCES);
            case "findings" -> fields.objectOrArray("findings", token);
            case "status" -> choice("status", token, STATUSES);
            case "finding_ref" ->
                token == JsonToken.VALUE_NULL ? null : fields.text("finding_ref", token, MAX_FINDING_REF_LENGTH, true);
            case "automatic" -> fields.bool("automatic", token);
            case "task_status_mapping" -> mapping(token);
            default -> throw new IllegalStateException("no rule for the field " + FIELDS[field]);
        };
    }

    private @Nullable String choice(String field, JsonToken token, Choices choices) {
        fields.choice(field, token, choices);
        return fields.problem();
    }

    /** {@code 1-T6}: the project, a dash, capital letters, digits. What follows the dash is stored. */
    private @Nullable String task(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            return fields.skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.NOT_STRING);
        }
        char[] text = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int length = parser.getStringLength();
        int dash = TaskIds.dash(text, offset, length);
        if (dash < 0) {
            return length == 0
                    ? Texts.NOT_BLANK
                    : Texts.quote(parser.getString()) + " is not a valid task: expected one like \"" + taskPrefix
                            + "T6\".";
        }
        if (!startsWithProject(text, offset, dash)) {
            return "The task " + Texts.quote(parser.getString()) + " is not one of project " + project + ".";
        }
        int stored = dash + 1;
        fields.sink().string("task", text, stored, offset + length - stored);
        return null;
    }

    private boolean startsWithProject(char[] text, int offset, int dash) {
        if (dash - offset != project.length()) {
            return false;
        }
        for (int i = 0; i < project.length(); i++) {
            if (text[offset + i] != project.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String mapping(JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            return fields.skip(
                    token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.notAnObject(FieldReader.typeOf(token)));
        }
        fields.sink().startObject("task_status_mapping");
        String problem = null;
        int mapped = 0;
        for (String status = parser.nextName(); status != null; status = parser.nextName()) {
            JsonToken value = parser.nextToken();
            String wrong = mappedStatus(status, value, mapped);
            mapped |= bitOf(status);
            problem = problem == null ? wrong : problem;
        }
        fields.sink().end();
        return problem;
    }

    private @Nullable String mappedStatus(String status, JsonToken value, int mapped) {
        char[] text = status.toCharArray();
        String known = MAPPED_STATUSES.find(text, 0, text.length);
        if (known == null) {
            return fields.skip(Texts.notAChoice(status));
        }
        if ((mapped & bitOf(status)) != 0) {
            return fields.skip("The status " + Texts.quote(status) + " is given twice.");
        }
        return choice(known, value, known.equals("fail") ? FAILED_TASK : PASSED_TASK);
    }

    private static int bitOf(String status) {
        return switch (status) {
            case "pass" -> 1;
            case "partial" -> 2;
            case "fail" -> 4;
            default -> 0;
        };
    }

    private void report(String field, @Nullable String problem) {
        SubmissionErrors target = errors;
        if (problem == null || target == null) {
            return;
        }
        fields.stopWriting();
        if (faulty || !target.isFull()) {
            target.addToNote(index, field, problem);
        } else {
            target.countUnlistedNote();
        }
        faulty = true;
    }
}
