package dev.sluice.http.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/** Response headers used in more than one place. */
public final class AnswerHeaders {

    /** For a resource that is in use and will soon be free. */
    public static final Header RETRY_SOON = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "1");

    /** For something broken or unavailable. */
    public static final Header RETRY_LATER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "30");

    public static final Header TOKEN_SCHEME = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Token");

    private AnswerHeaders() {}
}
