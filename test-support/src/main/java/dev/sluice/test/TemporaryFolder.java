package dev.sluice.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders for services that run until the JVM ends: at exit the service is closed and then its folder deleted. */
public final class TemporaryFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    private TemporaryFolder() {}

    public static Path create(String name) throws IOException {
        return Files.createTempDirectory("sluice-" + name + "-");
    }

    /** When the JVM exits, closes {@code service} and then deletes {@code folder}. */
    public static void atExit(AutoCloseable service, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                service.close();
                delete(folder);
            } catch (Exception e) {
                LOG.warn("What the tests left in {} could not be removed", folder, e);
            }
        }));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
