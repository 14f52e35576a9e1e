package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Role;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.audit.AuditTrail;
import dev.sluice.http.server.ResourcePaths.Match;
import io.helidon.http.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Has what only administrators may do, and somebody was refused, in the audit trail; what was done is there by whoever did it. */
final class RefusedDeeds {

    private static final int FIRST_ERROR = 400;

    private RefusedDeeds() {}

    static void audit(Method method, Optional<Match> match, AccessToken caller, String requestId, Answer answer) {
        if (answer.status() >= FIRST_ERROR
                && match.isPresent()
                && isDeed(match.get().resource(), method)) {
            String deed = match.get().resource().name().toLowerCase(Locale.ROOT);
            AuditTrail.record(caller, requestId, deed, object(match.get().parameters()), "answered " + answer.status());
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
