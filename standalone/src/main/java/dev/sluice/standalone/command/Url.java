package dev.sluice.standalone.command;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API is, as an option. */
public final class Url {

    private static final String NAME = "--url";
    private static final String VARIABLE = "SLUICE";
    private static final String DEFAULT = "http://localhost:8080";

    @Option(
            names = NAME,
            paramLabel = "URL",
            description = "Where Sluice is. Default: what the variable SLUICE says, else " + DEFAULT + ".")
    private @Nullable String given;

    /**
     * The address as it was given, without slashes at its end.
     *
     * @throws CommandFailure if it is none, with a reason for people
     */
    public String read() {
        if (given != null) {
            return parse(given, NAME);
        }
        String variable = Objects.requireNonNullElse(System.getenv(VARIABLE), "");
        return variable.isBlank() ? DEFAULT : parse(variable, VARIABLE);
    }

    private static String parse(String text, String where) {
        String address = text.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(address);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return address;
            }
            throw noAddress(text, where, null);
        } catch (IllegalArgumentException e) {
            throw noAddress(text, where, e);
        }
    }

    private static CommandFailure noAddress(String text, String where, @Nullable Exception cause) {
        return new CommandFailure(where + " " + text + " is not an address: expected http://HOST:PORT", cause);
    }
}
