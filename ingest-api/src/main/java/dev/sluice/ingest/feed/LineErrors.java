package dev.sluice.ingest.feed;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.text.Json;
import tools.jackson.core.JsonGenerator;

/** Writes a line's errors as the JSON that answers a single submission of it; bounded in size where those of many lines are kept. */
final class LineErrors {

    private static final int MOST_KEPT = 4 * 1024;

    private final boolean bounded;

    /** {@code bounded}: whether to omit the errors of the notes if they are large. */
    LineErrors(boolean bounded) {
        this.bounded = bounded;
    }

    byte[] of(SubmissionErrors errors) {
        byte[] all = Json.write(errors::writeTo);
        return !bounded || all.length <= MOST_KEPT
                ? all
                : Json.write(generator -> writeWithoutNotes(errors, generator));
    }

    static byte[] of(String detail) {
        return new Problem(400, detail).body();
    }

    private static void writeWithoutNotes(SubmissionErrors errors, JsonGenerator generator) {
        generator.writeStartObject();
        errors.writeFieldsTo(generator);
        generator.writeStringProperty("detail", "The errors of notes are left out: ?results=all tells them all.");
        generator.writeEndObject();
    }
}
