package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A lock on a whole file. It ends with its channel or its process, however that exits. */
public final class ExclusiveLock {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private ExclusiveLock() {}

    /** Returns null if somebody else holds it for longer than {@code patience}. */
    public static @Nullable FileLock on(FileChannel channel, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        FileLock lock = tryLock(channel);
        while (lock == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = tryLock(channel);
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
