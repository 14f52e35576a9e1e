package dev.sluice.http.tls;

/**
 * A certificate or key that cannot be used. Its message names the file and what was expected, and is written
 * for people.
 */
final class UnfitCertificateException extends Exception {

    UnfitCertificateException(String message) {
        super(message);
    }
}
