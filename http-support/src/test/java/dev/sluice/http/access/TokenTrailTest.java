package dev.sluice.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestTokens;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTrailTest {

    private static final Projects TWO = new Projects.Named(Set.of(2L, 1L));

    @Test
    void tellsWhatChangedWhileNobodyLooked() {
        TokenText text = TestTokens.text();
        AccessToken reader = TestTokens.token(text, Role.READER, TWO);
        AccessToken writer =
                TestTokens.token(text, Role.WRITER, new Projects.All(), Instant.parse("2100-01-01T00:00:00Z"));

        try (LoggedLines logged = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            TokenTrail.tellDifferences(
                    Map.of("same", reader, "gone", reader, "other", reader),
                    Map.of("same", reader, "other", writer, "new", reader));

            String by = " by somebody unknown: ";
            assertThat(logged.all())
                    .containsExactlyInAnyOrder(
                            "token-revoked of token gone" + by + "opens nothing any more",
                            "token-changed of token other" + by
                                    + "writer of all projects for user 599, expires 2100-01-01T00:00:00Z",
                            "token-made of token new" + by + "reader of projects 1,2 for user 599, never expires");
        }
    }
}
