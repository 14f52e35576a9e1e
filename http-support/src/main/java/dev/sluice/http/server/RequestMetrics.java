package dev.sluice.http.server;

import dev.sluice.http.server.ResourcePaths.Match;
import io.helidon.http.Method;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Times requests by resource, method and status. The tags' values are bounded, whatever clients send. */
final class RequestMetrics {

    private static final Set<Method> NAMED =
            Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(String resource, String method, int status) {}

    void record(Optional<Match> match, Method method, int status, long nanos) {
        Key key = new Key(
                match.map(found -> found.resource().name()).orElse("NONE"),
                NAMED.contains(method) ? method.text() : "OTHER",
                status);
        timers.computeIfAbsent(key, this::timer).record(Duration.ofNanos(nanos));
    }

    private Timer timer(Key key) {
        return Timer.builder("sluice.http.requests")
                .description("API requests, from their headers to the last byte of the answer")
                .tag("resource", key.resource().toLowerCase(Locale.ROOT))
                .tag("method", key.method())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
    }
}
