package dev.sluice.endtoend.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads sessions as any client does. */
final class SessionReader implements AutoCloseable {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String token;

    SessionReader(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The response to a GET of a session. */
    HttpResponse<String> get(long project, long id) {
        return get(address.resolve("/api/v2/projects/" + project + "/analysis-sessions/" + id + "/"));
    }

    /** The references of all sessions of a project, by id. */
    Map<Long, String> list(long project) {
        Map<Long, String> references = new TreeMap<>();
        String next = address.resolve("/api/v2/projects/" + project + "/analysis-sessions/?page_size=1000")
                .toString();
        while (next != null) {
            HttpResponse<String> answer = get(URI.create(next));
            if (answer.statusCode() != 200) {
                throw new AssertionError(next + " answers " + answer.statusCode() + ": " + answer.body());
            }
            JsonNode page = JsonMapper.shared().readTree(answer.body());
            for (JsonNode session : page.path("results")) {
                references.put(
                        session.path("id").longValue(),
                        session.path("analysis_ref").stringValue(""));
            }
            next = page.path("next").stringValue(null);
        }
        return references;
    }

    @Override
    public void close() {
        http.shutdown();
    }

    private HttpResponse<String> get(URI uri) {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(ANSWERED_WITHIN)
                            .header("Authorization", "Token " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
