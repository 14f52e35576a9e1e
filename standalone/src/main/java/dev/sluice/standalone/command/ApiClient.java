package dev.sluice.standalone.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A client of the public API, as any scanner would use it. A response that is unexpected, or takes longer than 15 s, is
 * a {@link CommandFailure}.
 */
public final class ApiClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String address;
    private final String token;
    private final Duration patience;

    /** Connects to the API at {@code address}, which has no trailing slash. */
    public ApiClient(String address, String token) {
        this(address, token, PATIENCE);
    }

    ApiClient(String address, String token, Duration patience) {
        this.address = address;
        this.token = token;
        this.patience = patience;
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build(), OK);
    }

    /** Sends a POST and returns the response; {@code expected} is the status code that means success. */
    public JsonNode post(String path, String body, int expected) {
        return send(request(path).POST(BodyPublishers.ofString(body)).build(), expected);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest request, int expected) {
        try {
            HttpResponse<String> response = WholeAnswer.to(request, http, patience);
            AnswerBody answer = new AnswerBody(response.body());
            JsonNode json = answer.json();
            if (response.statusCode() != expected || json.isMissingNode()) {
                String status = response.statusCode() + " from " + request.uri();
                throw new CommandFailure(answer.detail().isBlank() ? status : answer.detail() + " (" + status + ")");
            }
            return json;
        } catch (IOException e) {
            throw new CommandFailure(
                    Unanswered.distrust(request.uri(), e)
                            .orElseGet(() -> "no Sluice answers at " + request.uri() + ": " + Unanswered.reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", e);
        }
    }
}
