package dev.sluice.http.api;

import io.helidon.http.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps each method of each resource to its handler, across all services in the process. */
public final class ApiRoutes {

    private final Map<ApiResource, Map<Method, ApiHandler>> handlers = new EnumMap<>(ApiResource.class);
    private final Map<ApiResource, StreamHandler> streams = new EnumMap<>(ApiResource.class);

    /**
     * Adds a handler.
     *
     * @throws IllegalArgumentException if the resource does not have the method, or already has a handler for it
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

    /**
     * Adds a handler for bodies of any length that are posted as {@code application/x-ndjson}.
     *
     * @throws IllegalArgumentException if the resource does not have POST, or already has such a handler
     */
    public ApiRoutes handleStream(ApiResource resource, StreamHandler handler) {
        if (resource.roleFor(Method.POST).isEmpty()) {
            throw new IllegalArgumentException(resource + " has no method POST");
        }
        if (streams.putIfAbsent(resource, handler) != null) {
            throw new IllegalArgumentException(resource + " has a handler of streams already");
        }
        return this;
    }

    public Optional<StreamHandler> streamHandler(ApiResource resource) {
        return Optional.ofNullable(streams.get(resource));
    }

    public Optional<ApiHandler> handler(ApiResource resource, Method method) {
        return Optional.ofNullable(handlers.getOrDefault(resource, Map.of()).get(method));
    }

    public Set<Method> methods(ApiResource resource) {
        return Set.copyOf(handlers.getOrDefault(resource, Map.of()).keySet());
    }
}
