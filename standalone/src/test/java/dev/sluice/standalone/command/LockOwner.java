package dev.sluice.standalone.command;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A process that locks the file in its argument, and prints when it has. */
public final class LockOwner {

    private LockOwner() {}

    public static void main(String[] arguments) throws Exception {
        FileChannel channel =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        System.out.println(ExclusiveLock.on(channel, Duration.ZERO) == null ? "refused" : "locked");
        Thread.currentThread().join();
    }
}
