package dev.sluice.ingest.intake;

import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TraceParent;
import dev.sluice.http.api.ApiRequest;
import java.util.Optional;

/**
 * What a client says of a submission beside its body.
 *
 * @param idempotencyKey its name for the submission
 * @param traceparent W3C trace context
 */
public record RequestHeaders(Optional<String> idempotencyKey, Optional<String> traceparent) {

    /**
     * The headers of a request.
     *
     * @throws dev.sluice.http.api.ProblemException 400 if the Idempotency-Key is malformed
     */
    public static RequestHeaders of(ApiRequest request) {
        return new RequestHeaders(
                IdempotencyKey.of(request.header(IdempotencyKey.HEADER)),
                request.header(SubmissionHeaders.TRACEPARENT).filter(TraceParent::isValid));
    }
}
