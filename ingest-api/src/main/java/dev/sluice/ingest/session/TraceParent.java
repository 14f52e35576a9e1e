package dev.sluice.ingest.session;

import java.util.Optional;
import java.util.regex.Pattern;

/** W3C trace context of a request: passed on if it has the form of one, else dropped, as its specification says. */
final class TraceParent {

    static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    static Optional<String> of(Optional<String> header) {
        return header.filter(value -> FORM.matcher(value).matches());
    }
}
