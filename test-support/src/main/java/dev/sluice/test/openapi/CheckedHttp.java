package dev.sluice.test.openapi;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends requests and checks every response against the API description; tests use it instead of the client's own {@code send}. */
public final class CheckedHttp {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();

    private CheckedHttp() {}

    /**
     * Sends a request.
     *
     * @throws AssertionError if the response does not match the description
     */
    public static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        // After a redirect, the response belongs to another address than the first.
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
