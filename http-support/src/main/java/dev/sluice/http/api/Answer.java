package dev.sluice.http.api;

import dev.sluice.contract.error.Problem;
import io.helidon.http.Header;
import java.util.List;

/**
 * A handler's response: its body is JSON in UTF-8 unless Content-Type is among the headers, or empty; Content-Length is not among them.
 */
// Answers are written once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, byte[] body, List<Header> headers) {

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer ok(byte[] body) {
        return json(200, body);
    }

    public static Answer json(int status, byte[] body) {
        return new Answer(status, body, List.of());
    }

    /** A response whose body is an empty JSON object: its status and headers say everything. */
    public static Answer empty(int status, Header... headers) {
        return new Answer(status, EMPTY_OBJECT, List.of(headers));
    }

    public static Answer of(Problem problem, Header... headers) {
        return new Answer(problem.status(), problem.body(), List.of(headers));
    }
}
