package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Makes the names of files survive a power failure: a file's own flush does not. */
public final class DurableFolder {

    private DurableFolder() {}

    /** Moves a finished file to its place, where there is then always either it or what was there. */
    public static void move(Path finished, Path place) throws IOException {
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        flush(place);
    }

    /** Returns once the folder of {@code file} is on disk. */
    public static void flush(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
