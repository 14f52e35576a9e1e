package dev.sluice.ingest.intake;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import java.util.Optional;

/** The client's name for a submission, so that a retry is known as one: at most 255 printable characters of ASCII. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private IdempotencyKey() {}

    /**
     * The key as it was sent, if one was sent.
     *
     * @throws ProblemException 400 if it has another form
     */
    static Optional<String> of(Optional<String> header) {
        if (header.isPresent() && !dev.sluice.contract.topic.IdempotencyKey.isValid(header.get())) {
            throw new ProblemException(
                    new Problem(400, HEADER + " is malformed: expected 1 to 255 printable ASCII characters."));
        }
        return header;
    }
}
