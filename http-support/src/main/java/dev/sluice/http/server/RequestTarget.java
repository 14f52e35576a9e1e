package dev.sluice.http.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for: a path, or in absolute form a URL, as clients send it to proxies. A server has to take both, and the URL's host counts
 * instead of the Host header (RFC 9112, section 3.2.2).
 */
final class RequestTarget {

    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/]+)(/.*)");

    private RequestTarget() {}

    static String path(HttpPrologue prologue) {
        Matcher url = absolute(prologue);
        return url == null ? prologue.uriPath().rawPath() : url.group(2);
    }

    static void setHost(HttpPrologue prologue, WritableHeaders<?> headers) {
        Matcher url = absolute(prologue);
        if (url != null) {
            headers.set(HeaderNames.HOST, url.group(1));
        }
    }

    private static @Nullable Matcher absolute(HttpPrologue prologue) {
        String target = prologue.uriPath().rawPath();
        if (target.startsWith("/")) {
            return null;
        }
        Matcher url = ABSOLUTE.matcher(target);
        return url.matches() ? url : null;
    }
}
