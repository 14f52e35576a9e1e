package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.quota.Allowances;
import dev.sluice.http.quota.Cost;
import dev.sluice.http.quota.Quota;
import dev.sluice.http.quota.Quotas;
import dev.sluice.http.quota.Shortage;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Enforces each token's quotas: a request is rejected before its body is read, a feed is told how long to wait. */
final class Throttle {

    private static final Set<ApiResource> SUBMITTED_TO =
            EnumSet.of(ApiResource.SESSIONS, ApiResource.NOTES, ApiResource.RESUBMIT);
    private static final Cost ONE_REQUEST = new Cost(1, 0, 0);

    private final Allowances allowances;
    private final Map<Quota, Counter> throttled = new EnumMap<>(Quota.class);

    Throttle(Quotas quotas, MeterRegistry registry) {
        allowances = new Allowances(quotas);
        for (Quota quota : Quota.values()) {
            throttled.put(
                    quota,
                    Counter.builder("sluice.http.throttled")
                            .description("Requests refused because a token's quota was used up")
                            .tag("quota", quota.tag())
                            .register(registry));
        }
    }

    /**
     * Admits a request or answers it 429; the sessions of a feed are charged with {@link #take} as they arrive.
     *
     * @param length what is charged; empty if it is not known yet
     */
    void admit(AccessToken caller, ApiResource resource, Method method, boolean streams, OptionalLong length) {
        boolean submits = method.equals(Method.POST) && SUBMITTED_TO.contains(resource) && !streams;
        Optional<Shortage> shortage = allowances.take(caller.id(), submits ? submission(length) : ONE_REQUEST);
        if (shortage.isPresent()) {
            throw refused(shortage.get());
        }
    }

    /** Charges the actual length of a body that did not declare one. */
    void settle(AccessToken caller, Headers headers, int length) {
        if (headers.contentLength().isEmpty() && length > 1) {
            allowances.owe(caller.id(), new Cost(0, 0, length - 1L));
        }
    }

    /** Charges a session of a feed and returns zero, or returns how long until there is room for it. */
    Duration take(AccessToken caller, long bytes) {
        return allowances
                .take(caller.id(), new Cost(0, 1, bytes))
                .map(Shortage::availableIn)
                .orElse(Duration.ZERO);
    }

    private static Cost submission(OptionalLong length) {
        // One byte for an unknown length, so that a caller in debt for bytes is not admitted.
        return new Cost(1, 1, length.orElse(1));
    }

    private ProblemException refused(Shortage shortage) {
        Objects.requireNonNull(throttled.get(shortage.quota())).increment();
        Duration wait = shortage.availableIn();
        long seconds = wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0);
        String unit = seconds == 1 ? " second." : " seconds.";
        return new ProblemException(
                new Problem(429, "Request was throttled. Expected available in " + seconds + unit),
                HeaderValues.create(HeaderNames.RETRY_AFTER, seconds));
    }
}
