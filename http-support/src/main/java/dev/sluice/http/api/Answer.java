package dev.sluice.http.api;

import dev.sluice.contract.error.Problem;
import io.helidon.http.Header;
import java.util.List;

/**
 * A handler's response.
 *
 * @param status HTTP status code
 * @param body JSON in UTF-8; empty for no body
 * @param headers headers besides Content-Type and Content-Length
 */
// Answers are written once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, byte[] body, List<Header> headers) {

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    public Answer {
        headers = List.copyOf(headers);
    }

    /** A 200 with a JSON body. */
    public static Answer ok(byte[] body) {
        return json(200, body);
    }

    /** A response with only a JSON body. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, body, List.of());
    }

    /** A response whose body is an empty JSON object: its status and headers say everything. */
    public static Answer empty(int status, Header... headers) {
        return new Answer(status, EMPTY_OBJECT, List.of(headers));
    }

    /** Returns whether the status is an error. */
    public boolean isError() {
        return status >= 400;
    }

    /** An error that is not specific to a field. */
    public static Answer of(Problem problem, Header... headers) {
        return new Answer(problem.status(), problem.body(), List.of(headers));
    }
}
