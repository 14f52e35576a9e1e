package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.contract.access.TokenText;
import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service as it is shipped: its jar, its class cache if the build has made one, and default settings. */
public final class Service implements Measured, AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration TOKEN_WITHIN = Duration.ofSeconds(30);
    private static final int ANSWERS_WITHIN_MILLIS = 2_000;

    private final ChildProcess process;
    private final int port;
    private final long begun = System.nanoTime();

    private Service(Launch launch, int port) {
        this.process = ChildProcess.start(launch);
        this.port = port;
    }

    /** Starts ingest-api without waiting. */
    public static Service ingestApi(Path root, Topics topics, List<String> jvmOptions) {
        return start(root, "ingest-api", topics, Map.of(), jvmOptions);
    }

    /** Starts session-processor without waiting. */
    public static Service sessionProcessor(Path root, Topics topics, String database, List<String> jvmOptions) {
        return start(root, "session-processor", topics, Map.of("SLUICE_MONGODB", database), jvmOptions);
    }

    /** Starts the standalone in a new folder, without waiting. */
    public static Service standalone(Path root, Path data, List<String> jvmOptions, Map<String, String> quotas) {
        int port = FreePorts.next();
        List<String> arguments =
                List.of("start", "--data=" + data, "--port=" + port, "--kafka-port=" + FreePorts.next());
        return new Service(launch(root, "standalone", jvmOptions, arguments).withEnvironment(quotas), port);
    }

    /** Creates a token for every project, on the standalone that runs in {@code data}. */
    public static String newToken(Path root, Path data) {
        List<String> arguments =
                List.of("token", "create", "--data=" + data, "--name=bench", "--projects=all", "--role=writer");
        try (ChildProcess command = ChildProcess.start(launch(root, "standalone", List.of(), arguments))) {
            String output = command.awaitEnd(TOKEN_WITHIN);
            return output.lines()
                    .filter(line -> TokenText.parse(line).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no token was made: " + output));
        }
    }

    /** Starts a program that listens on the port in its argument, without waiting. */
    public static Service ofOurs(String name, Class<?> main, List<String> jvmOptions) {
        int port = FreePorts.next();
        return new Service(Launch.ofOurs(name, main, jvmOptions, List.of(Integer.toString(port))), port);
    }

    /** Whether the build has made a class cache for a module; an empty file means that it could not. */
    public static boolean hasCache(Path root, String module) {
        return cache(root, module).toFile().length() > 0;
    }

    public Service awaited() {
        awaitReady();
        return this;
    }

    /** Waits until the service is ready, and returns the time since its start. */
    public Duration awaitReady() {
        try {
            Patience.await("readiness of " + process, READY_WITHIN, this::isReady);
            return Duration.ofNanos(System.nanoTime() - begun);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }

    private static Service start(
            Path root, String module, Topics topics, Map<String, String> environment, List<String> jvmOptions) {
        int port = FreePorts.next();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SLUICE_KAFKA", topics.address());
        variables.put("SLUICE_TOPIC_PREFIX", topics.names().prefix());
        variables.put("SLUICE_HTTP_PORT", Integer.toString(port));
        return new Service(launch(root, module, jvmOptions, List.of()).withEnvironment(variables), port);
    }

    private static Launch launch(Path root, String module, List<String> jvmOptions, List<String> arguments) {
        List<String> options = new ArrayList<>(jvmOptions);
        if (hasCache(root, module)) {
            options.addAll(List.of("-XX:AOTCache=" + cache(root, module), "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        return Launch.ofJar(module, built(root, module, ".jar"), options, arguments);
    }

    private static Path cache(Path root, String module) {
        return built(root, module, ".aot");
    }

    private static Path built(Path root, String module, String suffix) {
        return root.resolve(module).resolve("target").resolve(module + suffix);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException(process + " ended before it was ready");
        }
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://" + address() + "/observe/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(ANSWERS_WITHIN_MILLIS);
            connection.setReadTimeout(ANSWERS_WITHIN_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }
}
