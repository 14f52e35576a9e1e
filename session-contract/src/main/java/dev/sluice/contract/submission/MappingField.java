package dev.sluice.contract.submission;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The field {@code task_status_mapping}: {@code pass} and {@code partial} to TODO or DONE, {@code fail} to TODO. */
final class MappingField {

    private static final FieldName NAME = FieldName.of("task_status_mapping");
    private static final Choices<String> TODO_OR_DONE = Choices.of("TODO", "DONE");
    private static final Choices<String> TODO = Choices.of("TODO");

    // There are only three statuses, so errors beyond this many add nothing.
    private static final int MAX_REPORTED = 10;

    private final BodyParser parser;
    private final FieldReader fields;
    private int mapped;

    MappingField(BodyParser parser, FieldReader fields) {
        this.parser = parser;
        this.fields = fields;
    }

    /** Reads the field. Errors of single entries go to {@code problems}; an error of the whole field is returned. */
    @Nullable
    String read(JsonToken token, Consumer<String> problems) {
        if (token != JsonToken.START_OBJECT) {
            return fields.wrongType(token, Texts.notAnObject(FieldReader.typeOf(token)));
        }
        fields.sink().startObject(NAME);
        mapped = 0;
        int reported = 0;
        for (String status = parser.nextName(); status != null; status = parser.nextName()) {
            String problem = readStatus(status, parser.nextToken());
            if (problem != null && reported++ < MAX_REPORTED) {
                problems.accept(problem);
            }
        }
        fields.sink().end();
        return null;
    }

    private @Nullable String readStatus(String status, JsonToken value) {
        int bit =
                switch (status) {
                    case "pass" -> 1;
                    case "partial" -> 2;
                    case "fail" -> 4;
                    default -> 0;
                };
        if (bit == 0) {
            return fields.skip(Texts.notAChoice(status));
        }
        if ((mapped & bit) != 0) {
            return fields.skip("The status " + Texts.quote(status) + " is given twice.");
        }
        mapped |= bit;
        return fields.choice(FieldName.of(status), value, status.equals("fail") ? TODO : TODO_OR_DONE);
    }
}
