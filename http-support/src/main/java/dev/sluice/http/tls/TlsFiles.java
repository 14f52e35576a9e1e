package dev.sluice.http.tls;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's files, in PEM: its certificate followed by those of its issuers, and its private key, unencrypted, in
 * PKCS #8.
 */
public record TlsFiles(Path certificate, Path key) {

    public static final String CERTIFICATE = "SLUICE_TLS_CERTIFICATE";

    public static final String KEY = "SLUICE_TLS_KEY";

    /** Whether one of the variables is set, or both. */
    public static boolean areGiven(Environment environment) {
        return environment.text(CERTIFICATE).isPresent()
                || environment.text(KEY).isPresent();
    }

    /** Reads the variables; empty if neither is set. */
    public static Optional<TlsFiles> of(Environment environment) {
        Optional<String> certificate = environment.text(CERTIFICATE);
        Optional<String> key = environment.text(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingException(
                    certificate.isPresent() ? KEY : CERTIFICATE,
                    "",
                    "a file, because " + (certificate.isPresent() ? CERTIFICATE : KEY)
                            + " is set: TLS needs a certificate and its key");
        }
        return certificate.map(file -> new TlsFiles(Path.of(file), Path.of(key.orElseThrow())));
    }
}
