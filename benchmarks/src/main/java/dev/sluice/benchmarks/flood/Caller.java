package dev.sluice.benchmarks.flood;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody with a token. */
final class Caller implements AutoCloseable {

    static final String SESSION = "{\"analysis_ref\":\"flood.example.com\",\"analysis_type\":\"webinspect\"}";

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    Caller(String token) {
        this.token = token;
    }

    HttpResponse<String> post(URI sessions) throws IOException, InterruptedException {
        return send(request(sessions, "application/json").POST(BodyPublishers.ofString(SESSION)));
    }

    HttpResponse<String> feed(URI sessions, BodyPublisher lines, Duration within)
            throws IOException, InterruptedException {
        return send(request(sessions, "application/x-ndjson").timeout(within).POST(lines));
    }

    /** Answered when what was just posted is in the store. */
    HttpResponse<String> get(URI session) throws IOException, InterruptedException {
        return send(request(session, "application/json").GET());
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(URI uri, String contentType) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Token " + token)
                .header("Content-Type", contentType);
    }
}
