package dev.sluice.standalone.command;

import java.io.IOException;
import java.net.URI;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a request over HTTP got no answer, for people. */
public final class Unanswered {

    private static final String NO_ANCHORS =
            "the truststore has no certificate that can be read: set -Djavax.net.ssl.trustStorePassword too";

    private Unanswered() {}

    /** Why the server's certificate is not trusted, which no further try changes; empty if that is not what has failed. */
    public static Optional<String> distrust(URI address, IOException failure) {
        return causes(failure).stream()
                .flatMap(cause -> advice(cause, address, failure).stream())
                .findFirst();
    }

    private static Optional<String> advice(Throwable cause, URI address, IOException failure) {
        return switch (cause) {
            case CertificateException _ ->
                Optional.of("the certificate of " + address.getAuthority() + " is not trusted (" + reason(failure)
                        + "): for a CA of your own see docs/security.md#http");
            case InvalidAlgorithmParameterException _ -> Optional.of(NO_ANCHORS);
            default -> Optional.empty();
        };
    }

    /** The innermost cause that says something. */
    public static String reason(IOException failure) {
        return causes(failure).reversed().stream()
                .filter(cause -> cause.getMessage() != null)
                .findFirst()
                .orElse(failure)
                .toString();
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }
}
