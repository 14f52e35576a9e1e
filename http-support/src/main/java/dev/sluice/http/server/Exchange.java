package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.TaskIds;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One authorized request, as its handler sees it. Not thread-safe. */
final class Exchange implements ApiRequest, AutoCloseable {

    private final Call call;
    private final ServerRequest request;
    private final AccessToken caller;
    private final Map<String, String> parameters;
    private final BodyReader bodies;
    private final BaseUrl baseUrl;
    private final Throttle throttle;

    private @Nullable ReceivedBody body;

    Exchange(
            Call call,
            AccessToken caller,
            Map<String, String> parameters,
            BodyReader bodies,
            BaseUrl baseUrl,
            Throttle throttle) {
        this.call = call;
        this.request = call.request();
        this.caller = caller;
        this.parameters = parameters;
        this.bodies = bodies;
        this.baseUrl = baseUrl;
        this.throttle = throttle;
    }

    Call call() {
        return call;
    }

    @Override
    public AccessToken caller() {
        return caller;
    }

    @Override
    public String requestId() {
        return call.id();
    }

    @Override
    public long project() {
        return id(ApiResource.PROJECT_ID);
    }

    @Override
    public long id(String parameter) {
        return id(parameters, parameter);
    }

    static long id(Map<String, String> parameters, String parameter) {
        return ProjectKey.parse(parameters.get(parameter)).orElseThrow(Problems::notFound);
    }

    @Override
    public String task() {
        return Optional.ofNullable(parameters.get(ApiResource.TASK_ID))
                .flatMap(task -> TaskIds.task(task, project()))
                .orElseThrow(Problems::notFound);
    }

    @Override
    public Optional<String> query(String parameter) {
        return single(request.query().all(parameter, List::of), "query parameter " + parameter);
    }

    @Override
    public Optional<String> header(String name) {
        return header(request.headers(), HeaderNames.create(name));
    }

    static Optional<String> header(Headers headers, HeaderName name) {
        return single(headers.all(name, List::of), "header " + name.defaultCase());
    }

    // Other software may pick a different one of several values.
    private static Optional<String> single(List<String> values, String what) {
        if (values.size() > 1 && values.stream().distinct().count() > 1) {
            throw new ProblemException(new Problem(400, "The " + what + " is given more than once."));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    @Override
    public byte[] body() {
        ReceivedBody known = body;
        if (known == null) {
            known = bodies.read(call, caller.id());
            body = known;
            throttle.settle(caller, request.headers(), known.bytes().length);
        }
        return known.bytes();
    }

    @Override
    public void bodyValidated() {
        if (body != null) {
            body.validated();
        }
    }

    @Override
    public String baseUrl() {
        return baseUrl.of(request.headers(), () -> request.localPeer().port());
    }

    @Override
    public String pathAndQuery() {
        return call.pathAndQuery("");
    }

    Duration takeOfQuota(long bytes) {
        return throttle.take(caller, bytes);
    }

    @Override
    public void close() {
        if (body != null) {
            body.close();
        }
    }
}
