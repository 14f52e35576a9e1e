package dev.sluice.test.openapi;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends requests and holds every response against the API's description: in tests, in place of the client's own {@code send}. */
public final class CheckedHttp {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();

    private CheckedHttp() {}

    /**
     * Sends a request.
     *
     * @throws AssertionError if the response is not as described
     */
    public static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        // What was answered may have come from another address than the first, after redirects.
        HttpRequest answered = response.request();
        CONTRACT.assertConforms(
                answered.method(),
                answered.uri().getRawPath(),
                response.statusCode(),
                response.headers().map(),
                response.body());
        return response;
    }
}
