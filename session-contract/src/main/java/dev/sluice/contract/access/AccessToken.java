package dev.sluice.contract.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is stored: everything but the secret, of which only a hash is kept. It is the value of the access-tokens topic
 * (see {@link AccessTokenJson}), its key is {@code id}; a record without a value revokes it.
 *
 * @param id public part of the token, names it in lists and logs
 * @param secretHash SHA-256 of the secret
 * @param user whom it speaks for
 * @param projects which projects it opens
 * @param role what it may do there
 * @param created when it was made
 * @param expires when it stops working; null for never
 */
public record AccessToken(
        String id,
        SecretHash secretHash,
        User user,
        Projects projects,
        Role role,
        Instant created,
        @Nullable Instant expires) {

    /** Whether it still works at {@code now}. */
    public boolean isValidAt(Instant now) {
        return expires == null || now.isBefore(expires);
    }
}
