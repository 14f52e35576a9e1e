package dev.sluice.ingest.feed;

import dev.sluice.contract.submission.SubmissionErrors;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What is wrong with a line, as the JSON that a single submission of it would be answered with; bounded where many lines' are kept. */
final class LineErrors {

    private static final int MOST_KEPT = 4 * 1024;

    private final JsonFactory json = new JsonFactory();
    private final boolean bounded;

    /** {@code bounded}: whether the errors of very many notes are left out. */
    LineErrors(boolean bounded) {
        this.bounded = bounded;
    }

    byte[] of(SubmissionErrors errors) {
        byte[] all = write(errors::writeTo);
        return !bounded || all.length <= MOST_KEPT ? all : write(generator -> writeWithoutNotes(errors, generator));
    }

    byte[] of(String detail) {
        return write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("detail", detail);
            generator.writeEndObject();
        });
    }

    private interface Writing {
        void to(JsonGenerator generator);
    }

    private byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writing.to(generator);
        }
        return bytes.toByteArray();
    }

    private static void writeWithoutNotes(SubmissionErrors errors, JsonGenerator generator) {
        generator.writeStartObject();
        errors.fields().forEach((field, texts) -> writeTexts(generator, field, texts));
        generator.writeStringProperty(
                "detail",
                "The errors of " + errors.notes().size() + " notes or more are left out: ?results=all tells them all.");
        generator.writeEndObject();
    }

    private static void writeTexts(JsonGenerator generator, String field, List<String> texts) {
        generator.writeArrayPropertyStart(field);
        texts.forEach(generator::writeString);
        generator.writeEndArray();
    }
}
