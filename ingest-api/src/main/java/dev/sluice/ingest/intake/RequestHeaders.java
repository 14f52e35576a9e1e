package dev.sluice.ingest.intake;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.topic.IdempotencyKey;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/** The headers a client sends with a submission: its Idempotency-Key and its W3C trace context. */
public record RequestHeaders(Optional<String> idempotencyKey, Optional<String> traceparent) {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /**
     * Reads the headers of a request.
     *
     * @throws ProblemException 400 if the Idempotency-Key is malformed
     */
    public static RequestHeaders of(ApiRequest request) {
        return new RequestHeaders(
                idempotencyKey(request.header(IDEMPOTENCY_KEY)),
                request.header(SubmissionHeaders.TRACEPARENT).filter(SubmissionHeaders::isTraceparent));
    }

    /** The headers of the record of a session; {@code source} is the path that it was posted to. */
    public Headers ofSession(ApiRequest request, String source) {
        return SubmissionHeaders.withRequestId(
                request.requestId(),
                SubmissionHeaders.ofSession(
                        eventId(),
                        source,
                        request.caller().user(),
                        idempotencyKey.orElse(null),
                        traceparent.orElse(null)));
    }

    /** Like {@link #ofSession}, of a lone note. */
    public Headers ofNote(ApiRequest request, String source, String task) {
        return SubmissionHeaders.withRequestId(
                request.requestId(),
                SubmissionHeaders.ofNote(
                        eventId(),
                        source,
                        task,
                        request.caller().user(),
                        idempotencyKey.orElse(null),
                        traceparent.orElse(null)));
    }

    private static String eventId() {
        return UUID.randomUUID().toString();
    }

    /** Claims the client's key, if there is one, for a submission described as {@link SubmissionDigest#of} requires. */
    public Optional<Claim> claim(String type, String task, byte[] body) {
        return idempotencyKey.map(key -> new Claim(key, SubmissionDigest.of(type, task, body)));
    }

    /** @throws ProblemException 400 if the key is malformed */
    static Optional<String> idempotencyKey(Optional<String> header) {
        if (header.isPresent() && !IdempotencyKey.isValid(header.get())) {
            throw new ProblemException(new Problem(
                    400,
                    IDEMPOTENCY_KEY + " is malformed: expected 1 to " + IdempotencyKey.MAX_LENGTH
                            + " printable ASCII characters."));
        }
        return header;
    }
}
