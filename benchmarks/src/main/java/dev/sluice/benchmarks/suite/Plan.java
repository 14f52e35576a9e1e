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
 * How long and how often things are measured, and with what.
 *
 * @param root the repository's root, where the shipped jars are
 * @param folder for data; deleted at the end
 * @param quick whether it shall be over soon, and less exact
 * @param mongodb the MongoDB to use, if one was named
 */
public record Plan(Path root, Path folder, boolean quick, Optional<String> mongodb) implements AutoCloseable {

    private static final AtomicInteger FOLDERS = new AtomicInteger();

    /** A plan with a folder of its own. */
    public static Plan of(Path root, boolean quick, Optional<String> mongodb) throws IOException {
        return new Plan(root, Files.createTempDirectory("sluice-bench"), quick, mongodb);
    }

    /** How often each is measured. */
    public int runs() {
        return quick ? 1 : 5;
    }

    /** Before anything is measured: until the compiler has settled. */
    public Duration warmUp() {
        return Duration.ofSeconds(quick ? 8 : 20);
    }

    /** How long one measurement lasts. */
    public Duration measured() {
        return Duration.ofSeconds(quick ? 4 : 15);
    }

    /** One of two numbers. */
    public int either(int ifQuick, int otherwise) {
        return quick ? ifQuick : otherwise;
    }

    /** Starts a broker with an empty log. */
    public Kafka startKafka() {
        return Kafka.start(freshFolder("kafka"));
    }

    /** Starts a store that is empty, unless one was named. */
    public Store openStore() throws IOException {
        return Store.open(mongodb, freshFolder("store"));
    }

    /** A folder that nothing else uses. */
    public Path freshFolder(String name) {
        return folder.resolve(name + "-" + FOLDERS.incrementAndGet());
    }

    /** As many figures as there are runs. */
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
