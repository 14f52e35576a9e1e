package dev.sluice.contract.submission;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The field {@code task} of an embedded note: {@code 1-T6}, of which what follows the dash is stored. */
final class TaskField {

    private final JsonParser parser;
    private final FieldReader fields;
    private final String project;
    private final boolean kept;
    private char[] text = {};
    private int length;

    /** {@code kept}: whether {@link #text} is going to be asked for. */
    TaskField(JsonParser parser, FieldReader fields, long project, boolean kept) {
        this.parser = parser;
        this.fields = fields;
        this.project = Long.toString(project);
        this.kept = kept;
    }

    @Nullable
    String read(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            return fields.skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.NOT_STRING);
        }
        char[] given = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int givenLength = parser.getStringLength();
        int dash = TaskIds.dash(given, offset, givenLength);
        if (dash < 0) {
            return givenLength == 0 ? Texts.NOT_BLANK : Texts.notATask(parser.getString(), project);
        }
        if (!startsWithProject(given, offset, dash)) {
            return "The task " + Texts.quote(parser.getString()) + " is not one of project " + project + ".";
        }
        int stored = dash + 1;
        length = offset + givenLength - stored;
        // A well-formed one is ASCII.
        fields.sink().string("task", given, stored, length, length);
        if (kept) {
            text = length <= text.length ? text : new char[length];
            System.arraycopy(given, stored, text, 0, length);
        }
        return null;
    }

    /** What the last task was stored as. */
    String text() {
        return new String(Arrays.copyOf(text, length));
    }

    private boolean startsWithProject(char[] given, int offset, int dash) {
        if (dash - offset != project.length()) {
            return false;
        }
        for (int i = 0; i < project.length(); i++) {
            if (given[offset + i] != project.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
