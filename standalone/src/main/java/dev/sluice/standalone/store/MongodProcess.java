package dev.sluice.standalone.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.embedded.FreePorts;
import dev.sluice.embedded.ProcessEnd;
import dev.sluice.processor.store.StoreAddress;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * A {@code mongod} as a child process, reachable from this machine only. It ends with this process, however that ends:
 * a guarding shell holds the other end of a pipe and stops it when the pipe is closed. If it ends by itself, this
 * process ends too.
 */
final class MongodProcess implements Store {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration PING_WITHIN = Duration.ofMillis(500);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration STOPPED_WITHIN = Duration.ofMillis(1300);
    private static final Duration SIGNAL_WITHIN = Duration.ofMillis(500);
    private static final int CACHE_GIGABYTES = 1;
    // The name of the error in mongod's log.
    private static final String FOLDER_IN_USE = "DBPathInUse";

    // If setsid is available, Ctrl-C in the terminal reaches only this process, which stops mongod after everything
    // else.
    private static final String GUARD = """
            trap '' INT
            exec 3<&0
            if command -v setsid >/dev/null 2>&1; then setsid "$@" 3<&- </dev/null & else "$@" 3<&- </dev/null & fi
            mongod=$!
            (while read -r line; do :; done; kill -TERM "$mongod" 2>/dev/null) <&3 &
            guard=$!
            wait "$mongod"
            status=$?
            kill "$guard" 2>/dev/null
            exit "$status"
            """;

    private final Process process;
    private final int port;
    private volatile boolean closing;

    private MongodProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static MongodProcess start(Path mongod, Path data, Path log) throws IOException {
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.exists(log)) {
            // Keeps the logs of at most two runs, so that a failure found in the current log belongs to this start.
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            MongodProcess started = launch(mongod, data, log);
            try {
                started.awaitReady(log);
                started.watch(log);
                return started;
            } catch (RuntimeException | IOException e) {
                started.close();
                // The mongod of a process that was killed takes a moment to stop.
                if (!reason(log).contains(FOLDER_IN_USE) || System.nanoTime() > deadline) {
                    throw e;
                }
                Files.delete(log);
            }
        }
    }

    private static MongodProcess launch(Path mongod, Path data, Path log) throws IOException {
        int port = FreePorts.next();
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", mongod.toString()));
        command.addAll(List.of("--dbpath", data.toString(), "--logpath", log.toString(), "--logappend"));
        command.addAll(List.of("--bind_ip", "127.0.0.1", "--port", Integer.toString(port), "--nounixsocket"));
        command.addAll(List.of("--wiredTigerCacheSizeGB", Integer.toString(CACHE_GIGABYTES)));
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return new MongodProcess(process, port);
    }

    @Override
    public String uri() {
        return "mongodb://127.0.0.1:" + port + "/" + StoreAddress.DATABASE;
    }

    @Override
    public String description() {
        return "mongod, process " + process.pid();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Path log) {
        // A signal to all processes, such as systemd's, reaches mongod too, and before this process begins to stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closing = true, "expect-end-of-mongod"));
        Executor later = CompletableFuture.delayedExecutor(SIGNAL_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> _ = process.onExit().thenAcceptAsync(ended -> ended(ended.exitValue(), log), later);
    }

    private void ended(int status, Path log) {
        if (!closing) {
            ProcessEnd.because("mongod", "it has ended itself with status " + status + ", its log is " + log);
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void awaitReady(Path log) throws IOException {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri()))
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(PING_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                // Half a second by default, in which most of its start is over.
                .applyToServerSettings(
                        server -> server.minHeartbeatFrequency(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS))
                .build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try (MongoClient client = MongoClients.create(settings)) {
            while (!answers(client)) {
                if (!process.isAlive()) {
                    throw new CommandFailure("mongod ended at once with status " + process.exitValue() + ", its log "
                            + log + " says: " + reason(log));
                }
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure("mongod does not answer within " + READY_WITHIN.toSeconds()
                            + " s, its log " + log + " says: " + reason(log));
                }
            }
        }
    }

    // The ping itself waits for a response, so calling this in a loop does not spin.
    private static boolean answers(MongoClient client) {
        try {
            client.getDatabase("admin").runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    private static String reason(Path log) {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            // A mongod logs the reason first, and then many lines about its shutdown.
            return lines.filter(line -> !line.isBlank())
                    .reduce("nothing", (said, line) -> isFailure(said) && !isFailure(line) ? said : line);
        } catch (IOException | UncheckedIOException e) {
            return "nothing";
        }
    }

    /** Whether a line has severity error or fatal, in the log format of MongoDB 4.4 and later. */
    private static boolean isFailure(String line) {
        return line.contains("\"s\":\"E\"") || line.contains("\"s\":\"F\"");
    }
}
