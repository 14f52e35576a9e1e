package dev.sluice.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A fresh folder that is gone when it is closed. */
record DemoFolder(Path path) implements AutoCloseable {

    static DemoFolder create() throws IOException {
        return new DemoFolder(Files.createTempDirectory("sluice-demo-"));
    }

    /** What cannot be deleted is said, and left to the system, which cleans up among its temporary folders. */
    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("sluice: " + path + " could not be deleted: " + e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
