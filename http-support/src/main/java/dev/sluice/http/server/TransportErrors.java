package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives what Helidon refuses before it is routed the API's form of errors, with texts of our own: Helidon's can repeat what was sent. */
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

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new TransportErrors());
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
        String detail = DETAILS.getOrDefault(defaultStatus.code(), Problems.SERVER_ERROR.detail());
        TransportResponse.Builder response = TransportResponse.builder()
                .status(defaultStatus)
                .keepAlive(false)
                .header(Responder.JSON)
                .header(Responder.NO_SNIFF)
                .entity(new Problem(defaultStatus.code(), detail).body());
        if (defaultStatus.equals(Status.SERVICE_UNAVAILABLE_503)) {
            response.header(Problems.RETRY_SOON);
        }
        return response.build();
    }
}
