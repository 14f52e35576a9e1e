package dev.sluice.http.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/** Headers of answers that more than one place gives. */
public final class AnswerHeaders {

    /** Something that others use at the moment will be free. */
    public static final Header RETRY_SOON = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "1");

    /** Something is broken, or away. */
    public static final Header RETRY_LATER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "30");

    /** How to say who one is. */
    public static final Header TOKEN_SCHEME = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Token");

    private AnswerHeaders() {}
}
