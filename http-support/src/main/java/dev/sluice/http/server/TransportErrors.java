package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.AnswerHeaders;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the API's error format to requests that Helidon rejects before routing, with our own texts: Helidon's may
 * repeat what was sent.
 */
final class TransportErrors implements DirectHandler {

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request is not well-formed HTTP/1.1.",
            408, "The request did not arrive in time. Nothing was accepted: it can be sent again at once.",
            413, "The body is too large.",
            414, "The request line is too long.",
            431, "The request's headers are too large.",
            501, "Only the chunked transfer encoding is supported.",
            503, "Too many requests at the moment. Try again shortly.",
            505, "Only HTTP/1.1 is supported.");

    /** Makes Helidon tell the handlers why it rejects a request. None of that is sent. */
    static final ErrorHandling TOLD_WHY =
            ErrorHandling.builder().includeEntity(true).build();

    private static final Status TOO_LARGE_431 = Status.create(431, "Request Header Fields Too Large");
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    private final ConnectionGuard connections;

    private TransportErrors(ConnectionGuard connections) {
        this.connections = connections;
    }

    static DirectHandlers handlers(ConnectionGuard connections) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        TransportErrors errors = new TransportErrors(connections);
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, errors);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            @Nullable String message) {
        Status status = status(defaultStatus, message);
        String detail = DETAILS.getOrDefault(status.code(), Problems.SERVER_ERROR.detail());
        TransportResponse.Builder response = TransportResponse.builder()
                .status(status)
                .keepAlive(false)
                .header(Responder.JSON)
                .header(Responder.NO_SNIFF)
                .entity(new Problem(status.code(), detail).body());
        if (status.equals(Status.SERVICE_UNAVAILABLE_503)) {
            response.header(AnswerHeaders.RETRY_SOON);
        }
        return response.build();
    }

    private Status status(Status told, @Nullable String message) {
        if (told.equals(Status.INTERNAL_SERVER_ERROR_500) && !connections.hasRequest()) {
            // Helidon fails this way while reading a request line with an impossible method, or headers that are cut
            // off.
            return Status.BAD_REQUEST_400;
        }
        // Only the message distinguishes headers that are too large from malformed ones.
        return HEADERS_TOO_LARGE.equals(message) ? TOO_LARGE_431 : told;
    }
}
