package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.http.access.AccessTokens;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.RawClient;
import dev.sluice.test.TestTokens;
import dev.sluice.test.openapi.OpenApiContract;
import io.helidon.http.Method;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server with a reader and a writer for project 7, whose handlers return the body's length, the base URL or the task. */
final class RunningServer implements AutoCloseable {

    static final String SESSIONS = "/api/v2/projects/7/analysis-sessions/";

    private static final OpenApiContract CONTRACT = OpenApiContract.load();
    private static final TokenText READER = TestTokens.text();
    private static final TokenText WRITER = TestTokens.text();
    private static final TokenText READER_OF_ALL = TestTokens.text();
    private static final TokenText ADMINISTRATOR_OF_ALL = TestTokens.text();
    private static final TokenText ADMINISTRATOR = TestTokens.text();

    final AtomicBoolean tokensLoaded = new AtomicBoolean(true);
    final AtomicBoolean ready = new AtomicBoolean(true);
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final ApiServer server;

    RunningServer(HttpConfig config) {
        this(config, request -> Answer.json(201, bytes("{\"length\":" + request.body().length + "}")));
    }

    RunningServer(HttpConfig config, ApiHandler post) {
        this(config, routes(post));
    }

    private RunningServer(HttpConfig config, ApiRoutes routes) {
        ReadinessCheck check = new ReadinessCheck("test", () -> new ReadinessCheck.State(ready.get(), "as told"));
        server = ApiServer.start(config, routes, tokens(), List.of(check), registry);
    }

    /** A server that hands streams to the handler. */
    static RunningServer ofStreams(StreamHandler handler) {
        return new RunningServer(
                HttpConfig.defaults(),
                routes(request -> Answer.json(201, request.body())).handleStream(ApiResource.SESSIONS, handler));
    }

    private static ApiRoutes routes(ApiHandler post) {
        return new ApiRoutes()
                .handle(ApiResource.SESSIONS, Method.POST, post)
                .handle(
                        ApiResource.SESSIONS,
                        Method.GET,
                        request -> Answer.json(200, bytes("{\"base\":\"" + request.baseUrl() + "\"}")))
                .handle(
                        ApiResource.TASK,
                        Method.GET,
                        request -> Answer.json(200, bytes("{\"task\":\"" + request.task() + "\"}")))
                .handle(ApiResource.PROCESSING, Method.GET, request -> Answer.json(200, bytes("{\"stopped\":[]}")))
                .handle(ApiResource.RESUME, Method.POST, request -> Answer.json(200, bytes("{\"resumed\":[]}")));
    }

    static String asReader() {
        return "Authorization: Token " + READER.reveal() + "\r\n";
    }

    static String asWriter() {
        return "Authorization: Token " + WRITER.reveal() + "\r\n";
    }

    /** The header of an administrator of the same project. */
    static String asAdministrator() {
        return "Authorization: Token " + ADMINISTRATOR.reveal() + "\r\n";
    }

    static String asReaderOfAll() {
        return "Authorization: Token " + READER_OF_ALL.reveal() + "\r\n";
    }

    static String asAdministratorOfAll() {
        return "Authorization: Token " + ADMINISTRATOR_OF_ALL.reveal() + "\r\n";
    }

    /** Sends one request and returns its response, which must be as the API describes it if it is the server's and not the handler's. */
    RawClient.Response call(String method, String path, String headers, String body) throws IOException {
        RawClient.Response response = callUndescribed(method, path, headers, body);
        boolean isServers = response.status() >= 300 || method.equals("OPTIONS");
        if (isServers && path.startsWith("/api/")) {
            CONTRACT.assertConforms(method, path, response.status(), response.headers(), response.body());
        }
        return response;
    }

    /** Sends one request and returns its response, whatever it is. */
    RawClient.Response callUndescribed(String method, String path, String headers, String body) throws IOException {
        try (RawClient client = client()) {
            return client.send(head(method, path, headers) + body).receive(!method.equals("HEAD"));
        }
    }

    RawClient client() throws IOException {
        return new RawClient(server.port());
    }

    static String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: sluice.test\r\n" + headers + "\r\n";
    }

    @Override
    public void close() {
        server.close();
    }

    private AccessTokens tokens() {
        Projects seven = new Projects.Named(Set.of(7L));
        Projects all = new Projects.All();
        Map<TokenText, AccessToken> known = Map.of(
                READER, TestTokens.token(READER, Role.READER, seven),
                WRITER, TestTokens.token(WRITER, Role.WRITER, seven),
                ADMINISTRATOR, TestTokens.token(ADMINISTRATOR, Role.ADMINISTRATOR, seven),
                READER_OF_ALL, TestTokens.token(READER_OF_ALL, Role.READER, all),
                ADMINISTRATOR_OF_ALL, TestTokens.token(ADMINISTRATOR_OF_ALL, Role.ADMINISTRATOR, all));
        return new AccessTokens() {
            @Override
            public Lookup find(TokenText text) {
                if (!tokensLoaded.get()) {
                    return new Lookup.NotLoaded();
                }
                AccessToken token = known.get(text);
                return token == null ? new Lookup.Unknown() : new Lookup.Known(token);
            }

            @Override
            public boolean stillGrants(AccessToken token) {
                return known.containsValue(token);
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
