package dev.sluice.ingest.feed;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.text.Json;
import tools.jackson.core.JsonGenerator;

/** What is wrong with a line, as the JSON that a single submission of it would be answered with; bounded where many lines' are kept. */
final class LineErrors {

    private static final int MOST_KEPT = 4 * 1024;

    private final boolean bounded;

    /** {@code bounded}: whether the errors of very many notes are left out. */
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
        generator.writeStringProperty(
                "detail",
                "The errors of " + errors.notes().size() + " notes or more are left out: ?results=all tells them all.");
        generator.writeEndObject();
    }
}
