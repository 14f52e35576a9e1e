package dev.sluice.http.api;

import dev.sluice.contract.error.Problem;
import io.helidon.http.Header;
import java.util.List;

/**
 * What a handler gives back.
 *
 * @param status HTTP status code
 * @param body JSON in UTF-8; empty for none
 * @param headers besides Content-Type and Content-Length
 */
// Answers are written once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, byte[] body, List<Header> headers) {

    public Answer {
        headers = List.copyOf(headers);
    }

    /** JSON and nothing else. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, body, List.of());
    }

    /** Whether it says that something was wrong. */
    public boolean isError() {
        return status >= 400;
    }

    /** An error that belongs to no field. */
    public static Answer of(Problem problem, Header... headers) {
        return new Answer(problem.status(), problem.body(), List.of(headers));
    }
}
