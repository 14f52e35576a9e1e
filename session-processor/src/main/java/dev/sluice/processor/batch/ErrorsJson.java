package dev.sluice.processor.batch;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.text.Json;

/** Errors as they are stored and published: the JSON object that an HTTP client would receive. */
final class ErrorsJson {

    // The contract's limits keep errors well below this, except for unknown field names in the body.
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int BAD_REQUEST = 400;

    private ErrorsJson() {}

    static byte[] of(SubmissionErrors errors) {
        byte[] json = Json.write(errors::writeTo);
        return json.length <= MAX_BYTES
                ? json
                : detail("The errors take " + json.length + " bytes: expected at most " + MAX_BYTES + ".");
    }

    static byte[] detail(String detail) {
        return new Problem(BAD_REQUEST, detail).body();
    }
}
