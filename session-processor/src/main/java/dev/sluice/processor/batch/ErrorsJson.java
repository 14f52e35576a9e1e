package dev.sluice.processor.batch;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Errors as they are stored and published: the JSON object that an HTTP client would receive. */
final class ErrorsJson {

    // The contract's limits keep errors well below this, except for unknown field names in the body.
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final JsonFactory JSON = new JsonFactory();

    private ErrorsJson() {}

    static byte[] of(SubmissionErrors errors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            errors.writeTo(json);
        }
        return bytes.size() <= MAX_BYTES
                ? bytes.toByteArray()
                : detail("The errors take " + bytes.size() + " bytes: expected at most " + MAX_BYTES + ".");
    }

    static byte[] detail(String detail) {
        return new Problem(BAD_REQUEST, detail).body();
    }
}
