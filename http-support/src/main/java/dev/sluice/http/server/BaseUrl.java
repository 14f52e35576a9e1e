package dev.sluice.http.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;
import java.util.Optional;
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

    private record Known(String host, boolean secure, int port, String url) {

        boolean isOf(String otherHost, boolean otherSecure, int otherPort) {
            return host.equals(otherHost) && secure == otherSecure && port == otherPort;
        }
    }

    BaseUrl(HttpConfig config) {
        this.config = config;
    }

    String of(Headers headers, int port) {
        String publicUrl = config.publicUrl();
        if (publicUrl != null) {
            return publicUrl;
        }
        Optional<String> host =
                forwarded(headers, HeaderNames.X_FORWARDED_HOST).or(() -> headers.first(HeaderNames.HOST));
        boolean secure = forwarded(headers, HeaderNames.X_FORWARDED_PROTO)
                .map(proto -> proto.toLowerCase(Locale.ROOT).equals("https"))
                .orElse(config.tls() != null);
        Known known = last;
        if (known == null || !known.isOf(host.orElse(""), secure, port)) {
            known = new Known(host.orElse(""), secure, port, of(host, secure, port));
            last = known;
        }
        return known.url;
    }

    private String of(Optional<String> host, boolean secure, int port) {
        return (secure ? "https://" : "http://")
                + host.map(String::strip)
                        .filter(name -> HOST.matcher(name).matches())
                        .orElseGet(() -> ownAddress(port));
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
