package dev.sluice.contract.error;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** An error that concerns no single field: a status and {@code {"detail": text}}. Clients compare the texts literally, so they do not change. */
public record Problem(int status, String detail) {

    public static final Problem NO_CREDENTIALS = new Problem(401, "Authentication credentials were not provided.");
    public static final Problem INVALID_TOKEN = new Problem(401, "Invalid token.");
    public static final Problem FORBIDDEN = new Problem(403, "You do not have permission to perform this action.");
    public static final Problem NOT_FOUND = new Problem(404, "Not found.");
    public static final Problem INVALID_PAGE = new Problem(404, "Invalid page.");
    public static final Problem NOT_ACCEPTABLE = new Problem(406, "Could not satisfy the request Accept header.");

    /** An Idempotency-Key belongs to one submission of a project forever. */
    public static final Problem KEY_OF_ANOTHER_BODY =
            new Problem(422, "The Idempotency-Key was used with another body. Another submission needs another key.");

    public static Problem methodNotAllowed(String method) {
        return new Problem(405, "Method \"" + method + "\" not allowed.");
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, detail);
    }

    public static Problem unsupportedMediaType(String mediaType) {
        return new Problem(415, "Unsupported media type \"" + mediaType + "\" in request.");
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, detail);
    }

    public byte[] body() {
        return ("{\"detail\":\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(detail)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
