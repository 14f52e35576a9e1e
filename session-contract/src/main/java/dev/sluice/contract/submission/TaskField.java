package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The field {@code task} of an embedded note, such as {@code 1-T6}; the part after the dash is stored. */
final class TaskField {

    private static final FieldName NAME = FieldName.of("task");
    private static final byte[] NONE = {};

    private final FieldReader fields;
    private final long project;
    private final boolean kept;
    private byte[] text = NONE;
    private int length;

    /** {@code kept}: whether {@link #text} will be called. */
    TaskField(FieldReader fields, long project, boolean kept) {
        this.fields = fields;
        this.project = project;
        this.kept = kept;
    }

    @Nullable
    String read(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            return fields.wrongType(token, Texts.NOT_STRING);
        }
        StringBytes given = fields.readString();
        byte[] array = given.array();
        int offset = given.offset();
        int dash = TaskIds.dash(array, offset, given.length());
        if (dash < 0) {
            return given.length() == 0 ? Texts.NOT_BLANK : Texts.notATask(given.text(), Long.toString(project));
        }
        if (!startsWithProject(array, offset, dash)) {
            return "The task " + Texts.quote(given.text()) + " is not one of project " + project + ".";
        }
        int stored = dash + 1;
        length = offset + given.length() - stored;
        fields.sink().string(NAME, array, stored, length);
        if (kept) {
            text = length <= text.length ? text : new byte[length];
            System.arraycopy(array, stored, text, 0, length);
        }
        return null;
    }

    /** The last task as stored. */
    String text() {
        // A well-formed task id is ASCII.
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    private boolean startsWithProject(byte[] given, int offset, int dash) {
        long rest = project;
        for (int i = dash - 1; i >= offset; i--) {
            if (rest == 0 || given[i] != '0' + rest % 10) {
                return false;
            }
            rest /= 10;
        }
        return rest == 0;
    }
}
