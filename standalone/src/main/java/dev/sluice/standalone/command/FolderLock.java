package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of a standalone's folder, which its process holds until it ends, however it ends. */
public final class FolderLock {

    private FolderLock() {}

    /** The file that is locked. */
    public static Path in(Path folder) {
        return folder.resolve("lock");
    }

    /**
     * Whether a process holds it now. If that is this process, it loses its lock by being asked: closing any channel of a file releases its
     * locks.
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
