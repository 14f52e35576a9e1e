package dev.sluice.http.server;

import dev.sluice.http.quota.Quotas;
import dev.sluice.http.tls.TlsFiles;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address the web server listens on, how clients see it, and its limits. A port of 0 is any free port; without a
 * {@code publicUrl} it is derived from each request, without {@code tls} HTTP is plain. During {@code stopDelay}
 * everything is still served, while the server is not ready any more.
 */
public record HttpConfig(
        String host,
        int port,
        @Nullable String publicUrl,
        boolean trustForwarded,
        HttpLimits limits,
        Quotas quotas,
        Duration stopDelay,
        @Nullable TlsFiles tls) {

    static final String HOST = "SLUICE_HTTP_HOST";

    private static final int DEFAULT_SERVICE_PORT = 8080;
    private static final Duration LONGEST_STOP_DELAY = Duration.ofMinutes(5);
    private static final String URL_FORM = "an http or https URL without a slash at the end";
    private static final Pattern URL =
            Pattern.compile("https?://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?(/[A-Za-z0-9._~-]+)*");

    public HttpConfig {
        HttpLimits.check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        HttpLimits.check(publicUrl == null || isUrl(publicUrl), "publicUrl", publicUrl, URL_FORM);
    }

    /** Any free port on loopback, with the default limits. */
    public static HttpConfig defaults() {
        return new HttpConfig("127.0.0.1", 0, null, false, HttpLimits.defaults(), Quotas.NONE, Duration.ZERO, null);
    }

    /**
     * Reads SLUICE_HTTP_HOST, SLUICE_HTTP_PORT (default 8080), SLUICE_PUBLIC_URL, SLUICE_TRUST_FORWARDED,
     * SLUICE_STOP_DELAY and the variables for TLS, limits and quotas.
     */
    public static HttpConfig of(Environment environment) {
        HttpConfig defaults = defaults();
        String publicUrl = environment.text("SLUICE_PUBLIC_URL").orElse(null);
        if (publicUrl != null && !isUrl(publicUrl)) {
            throw new SettingException("SLUICE_PUBLIC_URL", publicUrl, URL_FORM);
        }
        boolean tls = TlsFiles.areGiven(environment);
        return new HttpConfig(
                tls ? environment.text(HOST, defaults.host) : PlainHttp.host(environment, defaults.host),
                environment.integer("SLUICE_HTTP_PORT", DEFAULT_SERVICE_PORT, 0, 65_535),
                publicUrl,
                environment.flag("SLUICE_TRUST_FORWARDED", defaults.trustForwarded),
                HttpLimits.of(environment, tls),
                Quotas.of(environment),
                environment.duration("SLUICE_STOP_DELAY", defaults.stopDelay, Duration.ZERO, LONGEST_STOP_DELAY),
                // Last, because what is bad after a variable that is missing is not found.
                TlsFiles.of(environment).orElse(null));
    }

    public HttpConfig withPort(int port) {
        return new HttpConfig(host, port, publicUrl, trustForwarded, limits, quotas, stopDelay, tls);
    }

    public HttpConfig withLimits(HttpLimits limits) {
        return new HttpConfig(host, port, publicUrl, trustForwarded, limits, quotas, stopDelay, tls);
    }

    public HttpConfig withQuotas(Quotas quotas) {
        return new HttpConfig(host, port, publicUrl, trustForwarded, limits, quotas, stopDelay, tls);
    }

    private static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }
}
