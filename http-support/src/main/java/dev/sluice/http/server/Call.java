package dev.sluice.http.server;

import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * One request and its response.
 *
 * @param id identifies the request in responses, log lines and Kafka records
 */
record Call(ServerRequest request, ServerResponse response, String id) {

    static Call of(ServerRequest request, ServerResponse response) {
        return new Call(request, response, RequestId.of(request.headers()));
    }

    Method method() {
        return request.prologue().method();
    }

    /** The path as sent. */
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
