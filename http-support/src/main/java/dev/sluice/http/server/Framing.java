package dev.sluice.http.server;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a request marks the end of its body. A request that marks it twice, or in a way that a proxy in front of us may
 * have read differently, is rejected and its connection closed: what one of us reads as a body, the other must never
 * read as a request.
 */
sealed interface Framing {

    /** Not a header, although Helidon accepts it as one. */
    HeaderName NO_NAME = HeaderNames.create("");

    Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    record None() implements Framing {}

    record Declared(long length) implements Framing {}

    record Chunked() implements Framing {}

    /** Determines the framing from the headers; a 400 or a 501 if it is not clear. */
    static Framing of(Headers headers) {
        if (headers.contains(NO_NAME)) {
            throw refused(Status.BAD_REQUEST_400);
        }
        if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            return encoded(headers);
        }
        List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (lengths.isEmpty()) {
            return new None();
        }
        String length = lengths.getFirst().strip();
        if (lengths.size() > 1 || !LENGTH.matcher(length).matches()) {
            throw refused(Status.BAD_REQUEST_400);
        }
        return new Declared(Long.parseLong(length));
    }

    private static Framing encoded(Headers headers) {
        List<String> encodings = headers.values(HeaderNames.TRANSFER_ENCODING).stream()
                .map(String::strip)
                .toList();
        boolean chunkedLast = !encodings.isEmpty() && encodings.getLast().equalsIgnoreCase("chunked");
        if (headers.contains(HeaderNames.CONTENT_LENGTH) || !chunkedLast) {
            throw refused(Status.BAD_REQUEST_400);
        }
        if (encodings.size() > 1) {
            throw refused(Status.NOT_IMPLEMENTED_501);
        }
        return new Chunked();
    }

    private static RequestException refused(Status status) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message("The end of the body is not clear")
                .build();
    }
}
