package dev.sluice.benchmarks.suite;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.result.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How long and how often to measure, and with what.
 *
 * @param root the repository's root, which has the shipped jars
 * @param folder the folder for data; deleted at the end
 * @param quick whether to finish sooner, with less exact figures
 */
public record Plan(Path root, Path folder, boolean quick, Optional<String> mongodb) implements AutoCloseable {

    private static final AtomicInteger FOLDERS = new AtomicInteger();

    public static Plan of(Path root, boolean quick, Optional<String> mongodb) throws IOException {
        return new Plan(root, Files.createTempDirectory("sluice-bench"), quick, mongodb);
    }

    public int runs() {
        return quick ? 1 : 5;
    }

    /** The time to run before measuring, until the compiler has settled. */
    public Duration warmUp() {
        return Duration.ofSeconds(quick ? 8 : 20);
    }

    public Duration measured() {
        return Duration.ofSeconds(quick ? 4 : 15);
    }

    /** Returns {@code ifQuick} for a quick run, else {@code otherwise}. */
    public int either(int ifQuick, int otherwise) {
        return quick ? ifQuick : otherwise;
    }

    /** Starts a broker with an empty log. */
    public Kafka startKafka() {
        return Kafka.start(freshFolder("kafka"));
    }

    /** Starts an empty store, unless one was given. */
    public Store openStore() throws IOException {
        return Store.open(mongodb, freshFolder("store"));
    }

    /** Returns a path in {@link #folder} that nothing else uses. */
    public Path freshFolder(String name) {
        return folder.resolve(name + "-" + FOLDERS.incrementAndGet());
    }

    /** Repeats a measurement and collects one figure per run. */
    public Samples samples(Supplier<Double> run) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < runs(); i++) {
            values.add(run.get());
        }
        return new Samples(values);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
