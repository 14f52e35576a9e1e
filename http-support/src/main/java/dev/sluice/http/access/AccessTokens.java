package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.TokenText;

/** The known access tokens. */
public interface AccessTokens {

    sealed interface Lookup {
        /** The token exists, its secret matches, and it has not expired. */
        record Known(AccessToken token) implements Lookup {}

        /** The token does not exist, its secret is wrong, or it has expired; callers cannot tell which. */
        record Unknown() implements Lookup {}

        /** The tokens have not been loaded yet, so the lookup cannot be answered. */
        record NotLoaded() implements Lookup {}
    }

    /** Looks up a token in memory. The time taken does not depend on where a secret differs. */
    Lookup find(TokenText text);

    /** Whether a token found earlier is still valid and unchanged, for requests that take long. */
    boolean stillGrants(AccessToken token);
}
