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
 * A process of its own. What it writes goes to a file; lines that begin with {@link Said#MARK} are for us besides. It does not outlive this
 * process, unless this one is killed.
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

    /** Starts it and waits for nothing. */
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

    /** Waits until it has said a word, and returns what it said of it; words before that are passed over. */
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

    /** Waits until it has ended, and returns all that it wrote. */
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

    /** Tells it to end, and ends it if it does not. */
    @Override
    public void close() {
        // Process.destroy would close its output too, and readOutput then kill it: a processor that goes without a word
        // to its group leaves its partitions waiting for 45 s.
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

    /** With where its log is. */
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
            // Its pipe breaks when it is killed; nobody waits for it then.
            process.destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
