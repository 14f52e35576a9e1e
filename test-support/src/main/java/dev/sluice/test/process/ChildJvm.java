package dev.sluice.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Java process of its own, which can be told to do as processes do in bad times. What it writes goes to a file under {@code target}, so
 * that it is still there when a test has failed. It never outlives this JVM.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "processes");
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);
    private static final int LAST_LINES = 30;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> CHILDREN.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final String name;
    private final Path log;

    private ChildJvm(Process process, String name, Path log) {
        this.process = process;
        this.name = name;
        this.log = log;
    }

    /** Starts it and waits for nothing. */
    public static ChildJvm start(Launch launch) {
        try {
            Files.createDirectories(LOGS);
            Path log = LOGS.resolve(launch.name() + "-"
                            + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".log")
                    .toAbsolutePath();
            ProcessBuilder builder = new ProcessBuilder(command(launch))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(launch.environment());
            Process process = builder.start();
            CHILDREN.add(process);
            return new ChildJvm(process, launch.name(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it writes. */
    public Path log() {
        return log;
    }

    /** Its number, which stays while it lives. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is drained or flushed. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(GONE_WITHIN);
    }

    /** SIGTERM; returns at once. */
    public void terminate() {
        // Process.destroy also closes the child's standard input, which it takes for the end of its parent.
        signal("TERM");
    }

    /** SIGSTOP: it does nothing any more, but its connections stay. */
    public void stop() {
        signal("STOP");
    }

    /** SIGCONT: it goes on where it was. */
    public void resume() {
        signal("CONT");
    }

    /** Waits for its end; its exit code, which is 128 and the signal's number if it died of one. */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(this + " is still there after " + limit + "\n" + lastLines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + this, e);
        }
    }

    /** The end of what it wrote, for messages. */
    public String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    /** Kills it, if it is still there. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ", log " + log + ")";
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("SIG" + signal + " could not be sent to " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + signal + " to " + this, e);
        }
    }

    private static List<String> command(Launch launch) {
        List<String> command = new ArrayList<>(launch.shell());
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(launch.jvmOptions());
        command.addAll(launch.program());
        command.addAll(launch.arguments());
        return command;
    }
}
