package dev.sluice.standalone.demo;

import dev.sluice.standalone.command.AnswerBody;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API, as any scanner would be one. */
final class DemoClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI sessions;
    private final String token;

    DemoClient(String baseUrl, long project, String token) {
        this.sessions = URI.create(baseUrl + "/api/v2/projects/" + project + "/analysis-sessions/");
        this.token = token;
    }

    JsonNode submit(String session) {
        return send(request(sessions).POST(BodyPublishers.ofString(session)), 201);
    }

    JsonNode read(long id) {
        return send(request(sessions.resolve(id + "/")).GET(), 200);
    }

    JsonNode list() {
        return send(request(sessions).GET(), 200);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest.Builder builder, int expected) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new CommandFailure(request.method() + " " + request.uri() + " answered " + response.statusCode()
                        + " instead of " + expected + ": " + new AnswerBody(response.body()).detail());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new CommandFailure(request.method() + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", e);
        }
    }
}
