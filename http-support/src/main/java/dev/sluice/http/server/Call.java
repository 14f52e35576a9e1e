package dev.sluice.http.server;

import dev.sluice.contract.topic.SubmissionHeaders;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.ThreadLocalRandom;

/** One request and its response; {@code id} identifies it in responses, log lines and Kafka records. */
record Call(ServerRequest request, ServerResponse response, String id) {

    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    static Call of(ServerRequest request, ServerResponse response) {
        return new Call(request, response, requestId(request.headers()));
    }

    /** The client's id if it can be logged unchanged, otherwise a random one. */
    static String requestId(Headers headers) {
        return headers.contains(REQUEST_ID)
                ? headers.first(REQUEST_ID)
                        .filter(SubmissionHeaders::isRequestId)
                        .orElseGet(Call::randomId)
                : randomId();
    }

    private static String randomId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    Method method() {
        return request.prologue().method();
    }

    String path() {
        return RequestTarget.path(request.prologue());
    }

    /** The path as sent with {@code afterPath} appended, and the query. */
    String pathAndQuery(String afterPath) {
        String query = request.prologue().query().rawValue();
        return path() + afterPath + (query.isEmpty() ? "" : "?" + query);
    }

    ServerRequestHeaders headers() {
        return request.headers();
    }

    boolean isOfApi() {
        return path().startsWith("/api/");
    }
}
