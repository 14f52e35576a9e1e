package dev.sluice.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code sluice start} as a process of its own, on free ports, with its data in a given folder. */
final class Standalone implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Process process;
    private final Path data;
    private final Path output;
    private final int port;
    private final int kafkaPort;

    private Standalone(Process process, Path data, Path output, int port, int kafkaPort) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.port = port;
        this.kafkaPort = kafkaPort;
    }

    /** Starts it and waits until it is ready. */
    static Standalone start(Path data) {
        Standalone standalone = launch(data, freePort(), freePort());
        Awaitility.await("the standalone to be ready").atMost(READY_WITHIN).until(() -> {
            assertThat(standalone.process.isAlive())
                    .as("alive; it said: %s", standalone.output())
                    .isTrue();
            return standalone.isReady();
        });
        return standalone;
    }

    /** Starts it without waiting for anything. */
    static Standalone launch(Path data, int port, int kafkaPort) {
        try {
            Path output = Files.createTempFile(Path.of("target"), "output", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Xmx1g",
                    "-jar",
                    requireNonNull(System.getProperty("sluice.jar"), "the system property sluice.jar"),
                    "start"));
            command.addAll(List.of("--data", data.toString()));
            command.addAll(List.of("--port", Integer.toString(port), "--kafka-port", Integer.toString(kafkaPort)));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Standalone(process, data, output, port, kafkaPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kafka() {
        return "localhost:" + kafkaPort;
    }

    int port() {
        return port;
    }

    /** The file with the first administrator's token. */
    Path adminToken() {
        return data.resolve("admin-token");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What it has written to standard output and standard error. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nothing is drained or flushed. */
    void kill() {
        process.destroyForcibly();
        Awaitility.await("its end after SIGKILL").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end; the exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("gone within %s; it said: %s", limit, output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            kill();
        }
        http.close();
        Files.deleteIfExists(output);
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest ready =
                    HttpRequest.newBuilder(uri("/observe/health/ready")).build();
            return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200
                    && Files.exists(adminToken());
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(adminToken()).strip();
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Authorization", "Token " + token);
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
