package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.access.AccessTokens;
import dev.sluice.http.access.AccessTokens.Lookup;
import dev.sluice.http.access.AuthorizationHeader;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.server.ResourcePaths.Match;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The only entry to the API. Checks in the same order as Django REST: who calls (401), whether the resource exists
 * (404, 405), what the caller may do (403), what the client accepts and sends (406, 415), whether the caller exceeds
 * its quotas (429); only then does a handler run. Anything not granted is denied.
 */
final class ApiEntry {

    private final ResourcePaths paths = new ResourcePaths(ApiResource.values());
    private final ApiRoutes routes;
    private final AccessTokens tokens;
    private final BodyReader bodies;
    private final BaseUrl baseUrl;
    private final StreamExchanges streams;
    private final Throttle throttle;

    ApiEntry(
            ApiRoutes routes,
            AccessTokens tokens,
            BodyReader bodies,
            BaseUrl baseUrl,
            StreamExchanges streams,
            Throttle throttle) {
        this.routes = routes;
        this.tokens = tokens;
        this.bodies = bodies;
        this.baseUrl = baseUrl;
        this.streams = streams;
        this.throttle = throttle;
    }

    Optional<Match> match(String path) {
        return paths.match(path);
    }

    /** The response, or empty if a stream handler has written it. */
    Optional<Answer> answer(Call call, Optional<Match> found, AccessToken caller) {
        Match match = found.orElseThrow(Problems::notFound);
        Method method = call.method();
        boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
        if (reads && !match.endsInSlash()) {
            return Optional.of(movedToSlash(call));
        }
        Projects needed = projects(match);
        if (method.equals(Method.OPTIONS)) {
            authorize(caller, needed, Role.READER);
            return Optional.of(Answer.empty(200, allow(match.resource())));
        }
        Method handled = reads ? Method.GET : method;
        ApiHandler handler =
                routes.handler(match.resource(), handled).orElseThrow(() -> notAllowed(method, match.resource()));
        authorize(caller, needed, match.resource().roleFor(handled).orElse(Role.ADMINISTRATOR));
        Optional<StreamHandler> stream = streamHandler(call.headers(), match, handled);
        negotiate(call.headers(), !reads, stream.isPresent());
        throttle.admit(caller, match.resource(), handled, stream.isPresent(), bodies.declaredLength(call.request()));
        try (Exchange exchange = new Exchange(call, caller, match.parameters(), bodies, baseUrl, throttle)) {
            if (stream.isPresent()) {
                streams.handle(stream.get(), exchange);
                return Optional.empty();
            }
            return Optional.of(handler.handle(exchange));
        }
    }

    /** @throws ProblemException 401, or 503 if the tokens are not loaded yet */
    AccessToken authenticate(Headers headers) {
        TokenText token = AuthorizationHeader.token(headers.all(HeaderNames.AUTHORIZATION, List::of));
        return switch (tokens.find(token)) {
            case Lookup.Known(var known) -> known;
            case Lookup.Unknown() -> throw ProblemException.unauthenticated(Problem.INVALID_TOKEN);
            case Lookup.NotLoaded() ->
                throw ProblemException.unavailable("Access tokens have not been loaded yet. Try again shortly.");
        };
    }

    private static Projects projects(Match match) {
        return match.resource().isOfProject()
                ? new Projects.Named(Set.of(Exchange.id(match.parameters(), ApiResource.PROJECT_ID)))
                : new Projects.All();
    }

    private static void authorize(AccessToken caller, Projects projects, Role needed) {
        if (!caller.projects().includeAll(projects) || !caller.role().includes(needed)) {
            throw new ProblemException(Problem.FORBIDDEN);
        }
    }

    private Optional<StreamHandler> streamHandler(Headers headers, Match match, Method method) {
        String contentType = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
        return method.equals(Method.POST) && MediaTypes.isNdjson(contentType)
                ? routes.streamHandler(match.resource())
                : Optional.empty();
    }

    private static void negotiate(Headers headers, boolean sends, boolean streams) {
        List<String> accept = headers.all(HeaderNames.ACCEPT, List::of);
        if (streams ? !MediaTypes.acceptsJsonOrNdjson(accept) : !MediaTypes.acceptsJson(accept)) {
            throw new ProblemException(Problem.NOT_ACCEPTABLE);
        }
        if (!sends) {
            return;
        }
        String contentType = Exchange.header(headers, HeaderNames.CONTENT_TYPE).orElse("");
        if (!streams && !contentType.isEmpty() && !MediaTypes.isJson(contentType)) {
            throw new ProblemException(Problem.unsupportedMediaType(MediaTypes.quotable(contentType)));
        }
    }

    private Answer movedToSlash(Call call) {
        String location =
                baseUrl.of(call.headers(), () -> call.request().localPeer().port()) + call.pathAndQuery("/");
        return Answer.empty(301, HeaderValues.create(HeaderNames.LOCATION, location));
    }

    private ProblemException notAllowed(Method method, ApiResource resource) {
        return new ProblemException(Problem.methodNotAllowed(MediaTypes.quotable(method.text())), allow(resource));
    }

    private Header allow(ApiResource resource) {
        Set<Method> handled = routes.methods(resource);
        String methods = Stream.of(Method.GET, Method.POST, Method.HEAD, Method.OPTIONS)
                .filter(method -> method.equals(Method.OPTIONS)
                        || handled.contains(method.equals(Method.HEAD) ? Method.GET : method))
                .map(Method::text)
                .collect(Collectors.joining(", "));
        return HeaderValues.create(HeaderNames.ALLOW, methods);
    }
}
