package dev.sluice.endtoend.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A session that a client has submitted once or, under an Idempotency-Key, several times, and the responses.
 *
 * @param reference its unique analysis_ref
 * @param key its Idempotency-Key, or null
 * @param body the body of every attempt
 * @param answers one per attempt, in order
 */
record Attempts(long project, String reference, @Nullable String key, String body, List<Answer> answers) {

    Attempts(long project, String reference, @Nullable String key, String body) {
        this(project, reference, key, body, new CopyOnWriteArrayList<>());
    }

    /**
     * The result of one attempt.
     *
     * @param status the HTTP status, or 0 if the connection failed
     * @param body the response body, or the reason if the connection failed
     * @param retryAfter the header, or empty
     */
    record Answer(int status, String body, String retryAfter, Duration took) {

        boolean isAccepted() {
            return status == 201 || status == 202;
        }

        boolean isCreated() {
            return status == 201;
        }

        boolean isUnavailable() {
            return status == 503;
        }

        boolean isConnectionLost() {
            return status == 0;
        }

        /** Whether the client was told for certain that nothing has been written. */
        boolean isNotAccepted() {
            return isUnavailable() && !body.contains("unknown");
        }
    }

    boolean isAccepted() {
        return answers.stream().anyMatch(Answer::isAccepted);
    }
}
