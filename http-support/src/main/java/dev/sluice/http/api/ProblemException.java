package dev.sluice.http.api;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.text.Json;
import io.helidon.http.Header;
import java.util.Map;

/** Ends a request with a problem, wherever it is found. It has no stack trace, because it is a response and not a fault. */
public final class ProblemException extends RuntimeException {

    private final transient Answer answer;

    public ProblemException(Problem problem, Header... headers) {
        super(problem.detail(), null, false, false);
        this.answer = Answer.of(problem, headers);
    }

    /** A 503 that is worth another try in a second. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.unavailable(detail), AnswerHeaders.RETRY_SOON);
    }

    /** A 401 that says how to authenticate. */
    public static ProblemException unauthenticated(Problem problem) {
        return new ProblemException(problem, AnswerHeaders.TOKEN_SCHEME);
    }

    /** A 400 with an error for each field or query parameter. */
    public static ProblemException ofFields(Map<String, String> errors) {
        return new ProblemException(Answer.json(400, Json.write(json -> {
            json.writeStartObject();
            errors.forEach((name, error) -> {
                json.writeArrayPropertyStart(name);
                json.writeString(error);
                json.writeEndArray();
            });
            json.writeEndObject();
        })));
    }

    public ProblemException(Answer answer) {
        super("answered " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
