package dev.sluice.benchmarks.flood;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone in a process of its own, so that its heap and its threads are not the callers'. */
final class Server implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration TOKEN_WITHIN = Duration.ofSeconds(30);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private final Path jar;
    private final Path data;
    private final Process process;
    private final URI address;

    private Server(Path jar, Path data, Process process, URI address) {
        this.jar = jar;
        this.data = data;
        this.process = process;
        this.address = address;
    }

    /** Starts one on free ports. */
    static Server start(Path jar, Path data, Map<String, String> quotas) throws IOException, InterruptedException {
        List<String> arguments = List.of("start", "--port", "0", "--kafka-port", "0", "--data", data.toString());
        Process process = run(jar, quotas, arguments);
        // Whoever ends us is not to leave it running.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-the-standalone"));
        try {
            return new Server(jar, data, process, URI.create(within(READY_WITHIN, () -> addressFrom(process))));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    URI sessions(long project) {
        return address.resolve("/api/v2/projects/" + project + "/analysis-sessions/");
    }

    /** Makes a token that may write in every project. */
    String token(String name) throws IOException, InterruptedException {
        Process creation = run(
                jar,
                Map.of(),
                List.of(
                        "token",
                        "create",
                        "--data",
                        data.toString(),
                        "--name",
                        name,
                        "--projects",
                        "all",
                        "--role",
                        "writer"));
        try (BufferedReader out = creation.inputReader(StandardCharsets.UTF_8)) {
            return within(TOKEN_WITHIN, () -> firstLine(out));
        } finally {
            creation.destroy();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static Process run(Path jar, Map<String, String> quotas, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(quotas);
        return builder.start();
    }

    private static String addressFrom(Process process) {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        while (true) {
            Matcher address = ADDRESS.matcher(firstLine(out));
            if (address.find()) {
                return address.group();
            }
        }
    }

    private static String firstLine(BufferedReader out) {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the standalone ended without saying what was expected");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String within(Duration time, Supplier<String> said) throws IOException, InterruptedException {
        CompletableFuture<String> future = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(said.get());
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        try {
            return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the standalone did not say within " + time.toSeconds() + " s what was expected", e);
        }
    }
}
