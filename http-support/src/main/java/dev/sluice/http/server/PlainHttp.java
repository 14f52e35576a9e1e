package dev.sluice.http.server;

import dev.sluice.http.tls.TlsFiles;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Decides whether an address may be listened on without TLS: over plain HTTP, anybody on the network path can read
 * the tokens.
 */
final class PlainHttp {

    private static final String VARIABLE = "SLUICE_HTTP_PLAIN";
    private static final String ALLOW = "allow";

    private PlainHttp() {}

    static String host(Environment environment, String fallback) {
        String host = environment.text(HttpConfig.HOST, fallback);
        String plain = environment.text(VARIABLE, "");
        if (!plain.isEmpty() && !plain.equals(ALLOW)) {
            throw new SettingException(VARIABLE, plain, ALLOW + ", or nothing");
        }
        if (plain.isEmpty() && !isLoopback(host)) {
            throw new SettingException(
                    HttpConfig.HOST,
                    host,
                    "a loopback address, because plain HTTP shows tokens to the network: set " + TlsFiles.CERTIFICATE
                            + " and " + TlsFiles.KEY + " for TLS, or " + VARIABLE + "=" + ALLOW
                            + " if only a gateway on a private network reaches it");
        }
        return host;
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException _) {
            // Listening on it fails later, with a better message.
            return true;
        }
    }
}
