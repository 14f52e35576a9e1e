package dev.sluice.endtoend.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A session that a client has submitted, once or, under an Idempotency-Key, several times, and what it was told.
 *
 * @param reference its analysis_ref, which no other has
 * @param key its Idempotency-Key, or null
 * @param body what was sent each time
 * @param answers one for each time, in order
 */
record Attempts(long project, String reference, @Nullable String key, String body, List<Answer> answers) {

    Attempts(long project, String reference, @Nullable String key, String body) {
        this(project, reference, key, body, new CopyOnWriteArrayList<>());
    }

    /**
     * What came of one attempt.
     *
     * @param status HTTP's, or 0 if the connection failed
     * @param body what came with it; the reason if the connection failed
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

        /** Whether the client was promised that nothing has been written. */
        boolean isNotAccepted() {
            return isUnavailable() && !body.contains("unknown");
        }
    }

    boolean isAccepted() {
        return answers.stream().anyMatch(Answer::isAccepted);
    }
}
