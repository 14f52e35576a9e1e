package dev.sluice.http.server;

import dev.sluice.contract.topic.SubmissionHeaders;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifies a request in responses and logs: the client's id if it can be logged unchanged, otherwise a random one.
 */
final class RequestId {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private RequestId() {}

    static String of(Headers headers) {
        return headers.contains(HEADER)
                ? headers.first(HEADER).filter(SubmissionHeaders::isRequestId).orElseGet(RequestId::random)
                : random();
    }

    private static String random() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }
}
