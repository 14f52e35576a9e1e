package dev.sluice.test;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.User;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Access tokens, all of one user. */
public final class TestTokens {

    public static final User USER = new User(599, "user@example.com", "Bob", "Smith");

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestTokens() {}

    /** A text that no token has yet. */
    public static TokenText text() {
        return TokenText.random(RANDOM);
    }

    /** What services know of the token with this text, if it never expires. */
    public static AccessToken token(TokenText text, Role role, Projects projects) {
        return token(text, role, projects, null);
    }

    /** What services know of the token with this text. */
    public static AccessToken token(TokenText text, Role role, Projects projects, @Nullable Instant expires) {
        return new AccessToken(
                text.id(), SecretHash.ofSecret(text.secret()), USER, projects, role, Instant.EPOCH, expires);
    }
}
