package dev.sluice.http.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port as a client sees them: from the settings, otherwise from a trusted proxy's headers, otherwise
 * from the Host header.
 */
final class BaseUrl {

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private final HttpConfig config;

    // Nearly all clients send the same host.
    private volatile @Nullable Known last;

    private record Known(String host, boolean secure, String url) {

        boolean isOf(String otherHost, boolean otherSecure) {
            return host.equals(otherHost) && secure == otherSecure;
        }
    }

    BaseUrl(HttpConfig config) {
        this.config = config;
    }

    /** @param port supplies the port that the request came to; called only if the client names no host, because Helidon asks the socket each time */
    String of(Headers headers, IntSupplier port) {
        String publicUrl = config.publicUrl();
        if (publicUrl != null) {
            return publicUrl;
        }
        String host = forwarded(headers, HeaderNames.X_FORWARDED_HOST)
                .or(() -> headers.first(HeaderNames.HOST))
                .orElse("");
        boolean secure = forwarded(headers, HeaderNames.X_FORWARDED_PROTO)
                .map(proto -> proto.toLowerCase(Locale.ROOT).equals("https"))
                .orElse(config.tls() != null);
        Known known = last;
        if (known != null && known.isOf(host, secure)) {
            return known.url;
        }
        String scheme = secure ? "https://" : "http://";
        String name = host.strip();
        if (!HOST.matcher(name).matches()) {
            return scheme + ownAddress(port.getAsInt());
        }
        known = new Known(host, secure, scheme + name);
        last = known;
        return known.url;
    }

    private Optional<String> forwarded(Headers headers, HeaderName name) {
        return config.trustForwarded()
                ? headers.first(name).map(value -> value.split(",", 2)[0].strip())
                : Optional.empty();
    }

    private String ownAddress(int port) {
        String host = config.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
