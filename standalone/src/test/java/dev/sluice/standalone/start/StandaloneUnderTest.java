package dev.sluice.standalone.start;

import static dev.sluice.test.Patience.PATIENCE;

import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A standalone in this process, called with its administrator's token. */
public final class StandaloneUnderTest implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Standalone standalone;

    private StandaloneUnderTest(Standalone standalone) {
        this.standalone = standalone;
    }

    /** Starts it on any ports, and returns when it is ready. */
    public static StandaloneUnderTest start(Path data) {
        return start(data, StartOptions.ON_ANY_PORTS);
    }

    static StandaloneUnderTest start(Path data, StartOptions options) {
        Standalone standalone = new Standalone(options, DataFolder.open(data), Clock.systemUTC());
        try {
            standalone.start();
            return new StandaloneUnderTest(standalone);
        } catch (CommandFailure e) {
            standalone.close();
            throw e;
        }
    }

    /** The API's base URL. */
    public String baseUrl() {
        return standalone.baseUrl();
    }

    /** The file with the administrator's token. */
    public Path adminToken() {
        return standalone.adminToken();
    }

    String readyMessage() {
        return standalone.readyMessage();
    }

    /** What is at a path. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    /** The path in the Location of a response. */
    public static String location(HttpResponse<String> created) {
        return URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath();
    }

    @Override
    public void close() {
        http.shutdownNow();
        standalone.close();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(baseUrl() + path))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Token " + Files.readString(adminToken()).strip())
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
