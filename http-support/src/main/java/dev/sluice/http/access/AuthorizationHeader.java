package dev.sluice.http.access;

import dev.sluice.contract.access.TokenText;
import java.util.List;

/** Parses {@code Authorization: Token <token>} as leniently as published clients require. */
public final class AuthorizationHeader {

    private static final String SCHEME = "token";

    private AuthorizationHeader() {}

    public sealed interface Credentials {
        /** Something in the form of a token. */
        record Sent(TokenText token) implements Credentials {}

        /** No credentials, or credentials of another scheme. */
        record Absent() implements Credentials {}

        /** Something intended as a token, but not in the form of one. */
        record Malformed() implements Credentials {}
    }

    /**
     * Parses the header's values. The scheme is case-insensitive, and double quotes around the token are tolerated
     * because the API's published samples print them.
     */
    public static Credentials parse(List<String> values) {
        if (values.isEmpty()) {
            return new Credentials.Absent();
        }
        if (values.size() > 1) {
            return new Credentials.Malformed();
        }
        String value = values.getFirst().strip();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Credentials.Absent();
        }
        String rest = value.substring(SCHEME.length());
        if (rest.isEmpty()) {
            return new Credentials.Malformed();
        }
        if (!Character.isWhitespace(rest.charAt(0))) {
            return new Credentials.Absent();
        }
        return TokenText.parse(unquoted(rest.strip()))
                .<Credentials>map(Credentials.Sent::new)
                .orElseGet(Credentials.Malformed::new);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
