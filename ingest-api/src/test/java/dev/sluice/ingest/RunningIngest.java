package dev.sluice.ingest;

import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.TokenText;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.service.settings.Environment;
import dev.sluice.test.openapi.CheckedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;

/** All of ingest-api, started as its main method does, with helpers to call it. */
final class RunningIngest implements AutoCloseable {

    static final String SESSIONS = "/api/v2/projects/7/analysis-sessions/";

    // Where feeds are described; the path with the slash takes them too.
    private static final String FEEDS = "/api/v2/projects/7/analysis-sessions";

    private final HttpClient http = HttpClient.newHttpClient();
    private final IngestApplication application;

    RunningIngest(IngestConfig config) {
        this(config, HttpConfig.defaults());
    }

    RunningIngest(IngestConfig config, HttpConfig httpConfig) {
        application = IngestApplication.start(config, httpConfig, Clock.systemUTC());
    }

    /** The configuration of a server that waits {@code bodyTimeout} for a body. */
    static HttpConfig http(String bodyTimeout) {
        return HttpConfig.of(new Environment(Map.of("SLUICE_HTTP_PORT", "0", "SLUICE_BODY_TIMEOUT", bodyTimeout)));
    }

    /** The head of a feed, as a client without an HTTP library sends it; {@code headers} without a last line end. */
    static String feedHead(TokenText token, String query, String headers) {
        return "POST " + SESSIONS + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token " + token.reveal()
                + "\r\nContent-Type: application/x-ndjson\r\n" + headers + "\r\n\r\n";
    }

    RunningIngest awaitReady() {
        await().until(() -> readiness().statusCode() == 200);
        return this;
    }

    HttpResponse<String> readiness() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri("/observe/health/ready")).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(TokenText token, String body, String... headers)
            throws IOException, InterruptedException {
        return post(token, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> post(TokenText token, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return post(SESSIONS, token, body, headers);
    }

    HttpResponse<String> post(String path, TokenText token, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return CheckedHttp.send(http, request(path, token, body, headers));
    }

    /** Posts a feed; {@code query} starts with a question mark or is empty. */
    HttpResponse<String> feed(TokenText token, String query, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        request(FEEDS + query, token, body, headers), (name, _) -> !name.equals("Content-Type"))
                .header("Content-Type", "application/x-ndjson")
                .build();
        return CheckedHttp.send(http, request);
    }

    HttpResponse<String> resubmit(TokenText token, long id) throws IOException, InterruptedException {
        return post("/api/v2/projects/7/submissions/" + id + "/resubmit/", token, BodyPublishers.noBody());
    }

    /** The id that the response's Location ends in. */
    static long id(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return Long.parseLong(location.replaceFirst(".*/(\\d+)/$", "$1"));
    }

    int port() {
        return application.port();
    }

    private HttpRequest request(String path, TokenText token, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .POST(body)
                .header("Authorization", "Token " + token.reveal())
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + application.port() + path);
    }

    @Override
    public void close() {
        application.close();
        http.close();
    }
}
