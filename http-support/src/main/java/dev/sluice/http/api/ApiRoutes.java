package dev.sluice.http.api;

import io.helidon.http.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which handler answers which method of which resource: what the services of a process contribute, together. */
public final class ApiRoutes {

    private final Map<ApiResource, Map<Method, ApiHandler>> handlers = new EnumMap<>(ApiResource.class);

    /**
     * Adds a handler.
     *
     * @throws IllegalArgumentException if the resource does not have the method, or it has a handler already
     */
    public ApiRoutes handle(ApiResource resource, Method method, ApiHandler handler) {
        if (resource.roleFor(method).isEmpty()) {
            throw new IllegalArgumentException(resource + " has no method " + method);
        }
        if (handlers.computeIfAbsent(resource, key -> new HashMap<>()).putIfAbsent(method, handler) != null) {
            throw new IllegalArgumentException(method + " of " + resource + " has a handler already");
        }
        return this;
    }

    /** The handler for a method here, if there is one. */
    public Optional<ApiHandler> handler(ApiResource resource, Method method) {
        return Optional.ofNullable(handlers.getOrDefault(resource, Map.of()).get(method));
    }
}
