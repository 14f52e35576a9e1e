package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.http.api.AuditTrail;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records in the audit trail every token that is created, changed or revoked, by whatever means. Each instance
 * records the changes it sees.
 */
final class TokenTrail {

    private static final String UNKNOWN = "somebody unknown";

    private TokenTrail() {}

    static void tell(String id, Optional<AccessToken> before, Optional<AccessToken> after, Optional<String> by) {
        if (before.equals(after)) {
            return;
        }
        String deed = before.isEmpty() ? "token-made" : after.isEmpty() ? "token-revoked" : "token-changed";
        AuditTrail.record(
                deed,
                "token " + id,
                by.orElse(UNKNOWN),
                after.map(TokenTrail::text).orElse("opens nothing any more"));
    }

    /** Records the changes made while the topic could not be read. */
    static void tellDifferences(Map<String, AccessToken> before, Map<String, AccessToken> after) {
        before.forEach((id, token) -> {
            if (!after.containsKey(id)) {
                tell(id, Optional.of(token), Optional.empty(), Optional.empty());
            }
        });
        after.forEach(
                (id, token) -> tell(id, Optional.ofNullable(before.get(id)), Optional.of(token), Optional.empty()));
    }

    private static String text(AccessToken token) {
        String projects =
                switch (token.projects()) {
                    case Projects.All _ -> "all projects";
                    case Projects.Named named ->
                        "projects "
                                + named.ids().stream()
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","));
                };
        Instant expires = token.expires();
        return token.role().slug() + " of " + projects + " for user "
                + token.user().id() + (expires == null ? ", never expires" : ", expires " + expires);
    }
}
