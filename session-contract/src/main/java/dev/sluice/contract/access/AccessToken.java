package dev.sluice.contract.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as stored, with a hash in place of its secret. It is the value of a record of the access-tokens topic (see {@link AccessTokenJson}), keyed
 * by {@code id}; a record without a value revokes the token.
 *
 * @param id the public part, which identifies the token in lists and logs
 * @param secretHash SHA-256 of the secret
 * @param user the user it acts for
 * @param projects the projects it grants access to
 * @param role what it allows there
 * @param created when it was created
 * @param expires when it expires; null for never
 */
public record AccessToken(
        String id,
        SecretHash secretHash,
        User user,
        Projects projects,
        Role role,
        Instant created,
        @Nullable Instant expires) {

    /** Whether the token is unexpired at {@code now}. */
    public boolean isValidAt(Instant now) {
        return expires == null || now.isBefore(expires);
    }
}
