package dev.sluice.test.process;

import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** ingest-api or session-processor as a separate process, configured by its environment. It keeps its port across restarts. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Launch launch;
    private final URI address;
    private ChildJvm process;

    private ServiceProcess(Launch launch, URI address) {
        this.launch = launch;
        this.address = address;
        this.process = ChildJvm.start(launch);
    }

    /** Starts ingest-api without waiting. */
    public static ServiceProcess ingestApi(Map<String, String> environment) {
        return start(Launch.of("ingest-api", "dev.sluice.ingest.IngestApplication"), environment);
    }

    /** Starts session-processor without waiting. */
    public static ServiceProcess sessionProcessor(Map<String, String> environment) {
        return start(Launch.of("session-processor", "dev.sluice.processor.SessionProcessorApplication"), environment);
    }

    /** Starts a service that listens on {@code SLUICE_HTTP_PORT}, without waiting. */
    public static ServiceProcess start(Launch launch, Map<String, String> environment) {
        int port = FreePorts.next();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SLUICE_HTTP_PORT", Integer.toString(port));
        return start(launch.withEnvironment(variables), port);
    }

    /** Starts a process that will listen on {@code port}, without waiting. */
    public static ServiceProcess start(Launch launch, int port) {
        return new ServiceProcess(launch, URI.create("http://127.0.0.1:" + port));
    }

    public URI address() {
        return address;
    }

    public ChildJvm process() {
        return process;
    }

    /** Restarts the process after its end with the same settings, without waiting. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException(process + " is still running");
        }
        process = ChildJvm.start(launch);
    }

    public ServiceProcess awaitReady() {
        Awaitility.await("readiness of " + process)
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(process + " has ended:\n" + process.lastLines());
                    }
                    return isReady();
                });
        return this;
    }

    public boolean isReady() {
        try {
            return get("/observe/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The response to a GET without a token, for health and metrics. */
    public HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(ANSWERS_WITHIN)
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The sum of a metric over all its tags, or over those that follow the given ones; 0 if there is no such metric. */
    public double metric(String name) throws IOException {
        return get("/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && !Character.isJavaIdentifierPart(line.charAt(name.length())))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}
