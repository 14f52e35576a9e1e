package dev.sluice.http.access;

import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import java.util.List;

/** Parses {@code Authorization: Token <token>} as leniently as published clients require. */
public final class AuthorizationHeader {

    private static final String SCHEME = "token";

    private AuthorizationHeader() {}

    /**
     * The token among the header's values. The scheme is case-insensitive, and double quotes around the token are
     * tolerated because the API's published samples print them.
     *
     * @throws ProblemException 401 if there are no credentials of this scheme, or they are not in the form of a token
     */
    public static TokenText token(List<String> values) {
        if (values.size() > 1) {
            throw ProblemException.unauthenticated(Problem.INVALID_TOKEN);
        }
        String value = values.isEmpty() ? "" : values.getFirst().strip();
        if (!isOfScheme(value)) {
            throw ProblemException.unauthenticated(Problem.NO_CREDENTIALS);
        }
        return TokenText.parse(unquoted(value.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> ProblemException.unauthenticated(Problem.INVALID_TOKEN));
    }

    private static boolean isOfScheme(String value) {
        int end = SCHEME.length();
        return value.regionMatches(true, 0, SCHEME, 0, end)
                && (value.length() == end || Character.isWhitespace(value.charAt(end)));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
