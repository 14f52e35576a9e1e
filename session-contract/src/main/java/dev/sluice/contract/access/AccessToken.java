package dev.sluice.contract.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as stored, with a hash in place of its secret. It is the value of a record of the access-tokens topic (see {@link AccessTokenJson}), keyed
 * by {@code id}, the public part; a record without a value revokes the token. One without {@code expires} is valid for ever.
 */
public record AccessToken(
        String id,
        SecretHash secretHash,
        User user,
        Projects projects,
        Role role,
        Instant created,
        @Nullable Instant expires) {

    public boolean isValidAt(Instant now) {
        return expires == null || now.isBefore(expires);
    }
}
