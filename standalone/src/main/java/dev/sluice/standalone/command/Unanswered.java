package dev.sluice.standalone.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
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

    /** What the innermost cause that says something says. Java's client says nothing of a host that it cannot connect to. */
    public static String reason(IOException failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(UnresolvedAddressException.class::isInstance)) {
            return "its host is unknown";
        }
        return causes.reversed().stream()
                .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
                .findFirst()
                .orElse(failure instanceof ConnectException ? "it cannot be connected to" : "the connection broke");
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }
}
