package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.Shares.Outcome;

/** The problems that the server itself responds with. */
final class Problems {

    static final Problem SERVER_ERROR = new Problem(
            500,
            "A server error occurred. A submission may have been accepted: a retry with the same Idempotency-Key is safe, and so is reading.");

    private Problems() {}

    /**
     * No memory is left, for this caller or for anyone; {@code done} says what it was needed for: submitted or read.
     */
    static Answer noMemory(Outcome outcome, String done) {
        Problem problem = outcome == Outcome.OWN_TAKEN
                ? new Problem(
                        429,
                        "This token has as much being " + done
                                + " as one may have at a time. Try again when some of it is done.")
                : Problem.unavailable("Too much is being " + done + " at the moment. Try again shortly.");
        return Answer.of(problem, AnswerHeaders.RETRY_SOON);
    }

    static ProblemException notFound() {
        return new ProblemException(Problem.NOT_FOUND);
    }
}
