package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import java.util.Optional;

/** Listens for tokens that are created, changed or revoked. */
@FunctionalInterface
interface TokenChanges {

    /** Ignores changes, for tokens read before listening began. */
    TokenChanges UNHEARD = (id, before, after, by) -> {};

    /**
     * Called when a token has changed.
     *
     * @param before the previous token; empty if it is new
     * @param after the current token; empty if it no longer grants anything
     * @param by who made the change, if known
     */
    void changed(String id, Optional<AccessToken> before, Optional<AccessToken> after, Optional<String> by);
}
