package dev.sluice.ingest.intake;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;

/** The answers to refused submissions; each refusal is counted by its reason. */
final class Refusals {

    private static final Problem NOT_SENT =
            Problem.unavailable("The submission was not accepted: Kafka does not answer. Try again shortly.");
    private static final Problem OVERLOAD = Problem.unavailable(
            "The submission was not accepted: too many are waiting for Kafka at the moment. Try again shortly.");
    private static final Problem NO_ROOM = Problem.unavailable(
            "The submission was not accepted: there is too little room left for the log. Try again later.");
    private static final Problem UNKNOWN = Problem.unavailable(
            "Kafka did not acknowledge the submission in time, so whether it was accepted is unknown. A retry with the same"
                    + " Idempotency-Key is safe; without one it may be stored twice.");
    private static final Problem KEY_BUSY = Problem.unavailable(
            "Another request with the same Idempotency-Key has not come to an end. Try again shortly.");
    private static final Problem LOG_AWAY =
            Problem.unavailable("The submission was not accepted: the log cannot be read. Try again shortly.");
    private static final Problem TOO_LARGE = Problem.tooLarge("The submission is larger than the log takes.");

    private final IngestMetrics metrics;

    Refusals(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    Answer invalid(SubmissionErrors errors) {
        return refuse(IngestMetrics.Refusal.INVALID, Answer.json(400, Json.write(errors::writeTo)));
    }

    Answer unreadable(String reason) {
        return refuse(IngestMetrics.Refusal.UNREADABLE, Answer.of(new Problem(400, reason)));
    }

    Answer tooLarge(String reason) {
        return refuse(IngestMetrics.Refusal.TOO_LARGE, Answer.of(Problem.tooLarge(reason)));
    }

    Answer tooLargeForTheLog() {
        return refuse(IngestMetrics.Refusal.TOO_LARGE, Answer.of(TOO_LARGE));
    }

    Answer notSent() {
        return refuse(IngestMetrics.Refusal.NOT_SENT, Answer.of(NOT_SENT, AnswerHeaders.RETRY_SOON));
    }

    Answer overload() {
        return refuse(IngestMetrics.Refusal.OVERLOAD, Answer.of(OVERLOAD, AnswerHeaders.RETRY_SOON));
    }

    Answer noRoom() {
        return refuse(IngestMetrics.Refusal.NO_ROOM, Answer.of(NO_ROOM, AnswerHeaders.RETRY_LATER));
    }

    Answer unknown() {
        return refuse(IngestMetrics.Refusal.UNKNOWN, Answer.of(UNKNOWN, AnswerHeaders.RETRY_SOON));
    }

    Answer keyOfAnotherBody() {
        return refuse(IngestMetrics.Refusal.KEY_OF_ANOTHER_BODY, Answer.of(Problem.KEY_OF_ANOTHER_BODY));
    }

    Answer keyBusy() {
        return refuse(IngestMetrics.Refusal.KEY_BUSY, Answer.of(KEY_BUSY, AnswerHeaders.RETRY_SOON));
    }

    Answer logAway() {
        return refuse(IngestMetrics.Refusal.LOG_AWAY, Answer.of(LOG_AWAY, AnswerHeaders.RETRY_SOON));
    }

    private Answer refuse(IngestMetrics.Refusal refusal, Answer answer) {
        metrics.refused(refusal);
        return answer;
    }
}
