package dev.sluice.ingest.intake;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import java.util.Locale;

/** Why a submission is refused, and how that is answered; refusals are counted by it. */
enum Refusal {
    /** Answered with the errors by field instead. */
    INVALID(400, "The submission breaks the rules."),
    UNREADABLE(400, "The body cannot be read as a submission."),
    TOO_LARGE(413, "The submission is larger than the log takes."),
    NOT_SENT(
            503,
            "The submission was not accepted: Kafka does not answer, or its topic cannot be used at the moment. Try again shortly."),
    OVERLOAD(503, "The submission was not accepted: too many are waiting for Kafka at the moment. Try again shortly."),
    NO_ROOM(503, "The submission was not accepted: there is too little room left for the log. Try again later."),
    UNKNOWN(
            503,
            "Whether the submission was accepted is unknown: Kafka did not acknowledge it in time, or its topic could not be used"
                    + " any more by then. A retry with the same Idempotency-Key is safe; without one it may be stored twice."),
    KEY_OF_ANOTHER_BODY(Problem.KEY_OF_ANOTHER_BODY.status(), Problem.KEY_OF_ANOTHER_BODY.detail()),
    KEY_BUSY(503, "Another request with the same Idempotency-Key has not come to an end. Try again shortly."),
    LOG_AWAY(503, "The submission was not accepted: the log cannot be read. Try again shortly.");

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    Answer answer() {
        return answer(detail);
    }

    /** The answer with a detail of this very submission. */
    Answer answer(String ofThisOne) {
        Problem problem = new Problem(status, ofThisOne);
        if (status != 503) {
            return Answer.of(problem);
        }
        return Answer.of(problem, this == NO_ROOM ? AnswerHeaders.RETRY_LATER : AnswerHeaders.RETRY_SOON);
    }

    String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
