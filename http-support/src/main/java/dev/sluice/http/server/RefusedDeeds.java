package dev.sluice.http.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Role;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.audit.AuditTrail;
import dev.sluice.http.server.ResourcePaths.Match;
import io.helidon.http.Method;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records in the audit trail every request for an administrator's action that was refused; whoever performs an action
 * records it. So that no token can fill the disk, only its first 16 refusals within a minute get a line each, then
 * the 32nd, 64th and so on, with the count.
 */
final class RefusedDeeds {

    private static final int LINE_EACH = 16;
    private static final int MOST_TOKENS = 10_000;

    private final Cache<String, AtomicLong> ofToken = Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    void audit(Method method, Optional<Match> match, AccessToken caller, String requestId, Answer answer) {
        if (answer.isError() && match.isPresent() && isDeed(match.get().resource(), method)) {
            long number = ofToken.get(caller.id(), _ -> new AtomicLong()).incrementAndGet();
            if (number <= LINE_EACH || Long.bitCount(number) == 1) {
                String deed = match.get().resource().name().toLowerCase(Locale.ROOT);
                String result = "answered " + answer.status()
                        + (number <= LINE_EACH ? "" : ", refusal " + number + " of this token within a minute");
                AuditTrail.record(caller, requestId, deed, object(match.get().parameters()), result);
            }
        }
    }

    private static boolean isDeed(ApiResource resource, Method method) {
        return !method.equals(Method.GET)
                && resource.roleFor(method).filter(Role.ADMINISTRATOR::equals).isPresent();
    }

    private static String object(Map<String, String> parameters) {
        String submission = parameters.get(ApiResource.SUBMISSION_ID);
        return submission == null
                ? "processing"
                : "submission " + submission + " of project " + parameters.get(ApiResource.PROJECT_ID);
    }
}
