package dev.sluice.http.observe;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ReadOnly;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Health and metrics under {@code /observe/}, open to everybody who can reach the port: they name no token, user
 * or submission.
 */
public final class Observations {

    public static final String METRICS = "/observe/metrics";

    private static final String LIVE = "/observe/health/live";
    private static final String READY = "/observe/health/ready";

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final Header PROMETHEUS_TEXT =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final List<ReadinessCheck> checks;
    private final Scrapes scrapes;

    public Observations(List<ReadinessCheck> checks, PrometheusMeterRegistry registry) {
        this.checks = List.copyOf(checks);
        this.scrapes = new Scrapes(registry::scrape);
    }

    /** The response to a request for {@code path}; empty if it is not served here. */
    public Optional<Answer> answer(Method method, String path) {
        if (!path.equals(LIVE) && !path.equals(READY) && !path.equals(METRICS)) {
            return Optional.empty();
        }
        return ReadOnly.answer(method).or(() -> Optional.of(read(path)));
    }

    private Answer read(String path) {
        return switch (path) {
            case LIVE -> health(200, "UP", JSON.createArrayNode());
            case READY -> readiness();
            default -> new Answer(200, scrapes.text(), List.of(PROMETHEUS_TEXT, NO_STORE));
        };
    }

    private Answer readiness() {
        boolean ready = true;
        ArrayNode all = JSON.createArrayNode();
        for (ReadinessCheck check : checks) {
            ReadinessCheck.State state = state(check);
            ready &= state.ready();
            all.addObject()
                    .put("name", check.name())
                    .put("status", state.ready() ? "UP" : "DOWN")
                    .put("detail", state.detail());
        }
        return health(ready ? 200 : 503, ready ? "UP" : "DOWN", all);
    }

    private static ReadinessCheck.State state(ReadinessCheck check) {
        try {
            return check.state().get();
        } catch (RuntimeException e) {
            return new ReadinessCheck.State(false, "the check itself failed: " + e);
        }
    }

    private static Answer health(int status, String outcome, ArrayNode checks) {
        ObjectNode body = JSON.createObjectNode().put("status", outcome);
        body.set("checks", checks);
        return new Answer(status, JSON.writeValueAsBytes(body), List.of(NO_STORE));
    }
}
