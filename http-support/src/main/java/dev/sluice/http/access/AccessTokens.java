package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.TokenText;

/** The tokens that are known. */
public interface AccessTokens {

    /** What is known of a token that somebody sent. */
    sealed interface Lookup {
        /** It is a token, its secret is right, and it has not expired. */
        record Known(AccessToken token) implements Lookup {}

        /** There is no such token, or its secret is wrong, or it has expired: all the same to the one who asks. */
        record Unknown() implements Lookup {}

        /** The tokens have not been loaded yet, so nobody can say. */
        record NotLoaded() implements Lookup {}
    }

    /** Looks a token up, in memory, in the same time wherever a secret differs. */
    Lookup find(TokenText text);

    /** Whether a token that was found is as it was then: neither revoked, expired nor changed. For requests that last. */
    boolean stillGrants(AccessToken token);
}
