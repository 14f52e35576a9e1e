package dev.sluice.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child process. Its output goes to a file; lines that begin with {@link Said#MARK} are also messages to this
 * process. It ends with this process, unless this one is killed.
 */
public final class ChildProcess implements Measured, AutoCloseable {

    private static final Path LOGS = Path.of(
            System.getProperty("java.io.tmpdir"),
            "sluice-bench-" + ProcessHandle.current().pid());
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
    private static final int MOST_UNREAD = 10_000;
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> CHILDREN.forEach(Process::destroyForcibly), "end-children"));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reading;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>(MOST_UNREAD);

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reading = Thread.ofVirtual().name("log-of-" + name).unstarted(this::readOutput);
    }

    /** Starts the process without waiting. */
    public static ChildProcess start(Launch launch) {
        try {
            Files.createDirectories(LOGS);
            ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("SLUICE_"));
            builder.environment().putAll(launch.environment());
            Process process = builder.start();
            CHILDREN.add(process);
            Path log = LOGS.resolve(STARTED.incrementAndGet() + "-" + launch.name() + ".log");
            ChildProcess child = new ChildProcess(launch.name(), process, log);
            child.reading.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a message with this word and returns it; earlier messages are skipped. */
    public Said await(String word, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            while (true) {
                Said next = said.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new IllegalStateException(
                            this + " did not say \"" + word + "\" within " + within.toSeconds() + " s");
                }
                if (next.word().equals(Said.END)) {
                    throw new IllegalStateException(this + " ended before it said \"" + word + "\"");
                }
                if (next.word().equals(word)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits until the process has ended, and returns its whole output. */
    public String awaitEnd(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(this + " did not end within " + within.toSeconds() + " s");
            }
            reading.join();
            return Files.readString(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Duration cpu() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(this + " has ended"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the process to exit, and kills it if it does not. */
    @Override
    public void close() {
        // Process.destroy would also close the child's output, and readOutput would then kill it; a killed processor
        // does not leave its group, so its partitions would wait for 45 s.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        CHILDREN.remove(process);
    }

    /** Includes the path of the log. */
    @Override
    public String toString() {
        return name + " (process " + process.pid() + ", log " + log + ")";
    }

    private void readOutput() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(Said.MARK)) {
                    said.put(Said.parse(line));
                }
                file.write(line);
                file.newLine();
                file.flush();
            }
            said.put(new Said(Said.END, ""));
        } catch (IOException e) {
            // The pipe breaks when the process is killed; nobody waits for its output then.
            process.destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
