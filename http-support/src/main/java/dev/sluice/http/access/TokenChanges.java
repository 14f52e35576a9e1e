package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import java.util.Optional;

/** Hears of tokens that are made, changed and revoked. */
@FunctionalInterface
interface TokenChanges {

    /** For what was there before one began to listen. */
    TokenChanges UNHEARD = (id, before, after, by) -> {};

    /**
     * A token has changed.
     *
     * @param before as it was; nothing if it is new
     * @param after as it is; nothing if it opens nothing any more
     * @param by who did it, if that is known
     */
    void changed(String id, Optional<AccessToken> before, Optional<AccessToken> after, Optional<String> by);
}
