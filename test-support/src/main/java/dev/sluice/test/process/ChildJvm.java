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
 * A child Java process that can be killed, stopped and resumed. Its output goes to a file under {@code target}, where
 * it survives a failed test. It never outlives this JVM.
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

    /** Starts the process without waiting. */
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

    public Path log() {
        return log;
    }

    /** The process id, valid while the process lives. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL, so that nothing is drained or flushed, and waits until the process has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(GONE_WITHIN);
    }

    /** Sends SIGTERM and returns at once. */
    public void terminate() {
        // Process.destroy also closes the child's standard input, which the child takes as its parent's death.
        signal("TERM");
    }

    /** Sends SIGSTOP: the process hangs, but its connections stay open. */
    public void stop() {
        signal("STOP");
    }

    /** Sends SIGCONT: the process continues where it stopped. */
    public void resume() {
        signal("CONT");
    }

    /** Waits for its end and returns the exit code, which is 128 plus the signal's number if a signal killed it. */
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

    public String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    /** Kills the process if it is still running. */
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
            ProcessBuilder command = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO();
            // In Turkish, it knows no CONT.
            command.environment().put("LC_ALL", "C");
            Process kill = command.start();
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
                // Nothing may depend on the language. In Turkish the upper case of i is no I.
                "-Duser.language=tr",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(launch.jvmOptions());
        command.addAll(launch.program());
        command.addAll(launch.arguments());
        return command;
    }
}
