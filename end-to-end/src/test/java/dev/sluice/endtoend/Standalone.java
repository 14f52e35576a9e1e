package dev.sluice.endtoend;

import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** The standalone's jar in a separate process, and a client with the first administrator's token. */
final class Standalone implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final StandaloneProcess standalone;
    private final ServiceProcess service;

    private Standalone(StandaloneProcess standalone, ServiceProcess service) {
        this.standalone = standalone;
        this.service = service;
    }

    /** Starts the process and waits until it is ready. */
    static Standalone start(Path data) {
        StandaloneProcess standalone = StandaloneProcess.in(data);
        return new Standalone(standalone, standalone.startJar().awaitReady());
    }

    ServiceProcess service() {
        return service;
    }

    URI address() {
        return service.address();
    }

    /** The file with the first administrator's token. */
    Path adminToken() {
        return standalone.adminToken();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        service.close();
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Authorization", "Token " + standalone.token());
    }
}
