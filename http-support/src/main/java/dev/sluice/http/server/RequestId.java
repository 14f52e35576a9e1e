package dev.sluice.http.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names a request in answers and logs: as the client named it, if that can be logged as it is; else at random. */
final class RequestId {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String of(Headers headers) {
        return headers.contains(HEADER)
                ? headers.first(HEADER).filter(id -> SANE.matcher(id).matches()).orElseGet(RequestId::random)
                : random();
    }

    private static String random() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }
}
