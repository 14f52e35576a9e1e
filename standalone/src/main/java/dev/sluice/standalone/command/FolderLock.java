package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock on a standalone's data folder. Its process holds it until it exits, however it exits. */
public final class FolderLock {

    /** The data folder of commands to which none is given. */
    public static final Path DEFAULT_FOLDER = Path.of("data");

    private FolderLock() {}

    public static Path in(Path folder) {
        return folder.resolve("lock");
    }

    /**
     * Whether a process currently holds the lock. Must not be called by the process that holds it, which would lose it: closing any channel of
     * a file releases the process's locks on that file.
     */
    static boolean isHeld(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(in(folder), StandardOpenOption.READ);
                FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return probe == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }
}
