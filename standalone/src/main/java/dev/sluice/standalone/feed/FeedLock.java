package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.ExclusiveLock;
import dev.sluice.standalone.command.FailureLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** While it is held, no other process feeds the same file. Its own file stays: were it deleted, two processes could each lock another one. */
final class FeedLock {

    private FeedLock() {}

    /**
     * Locks what is fed until the result is closed. Standard input needs no lock.
     *
     * @throws CommandFailure if another process is feeding it, or nothing can be written and locked beside it
     */
    static Closeable on(FeedInput input) {
        Optional<Path> file = input.lockFile();
        if (file.isEmpty()) {
            return () -> {};
        }
        try {
            return locked(file.get(), input);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot write and lock a file beside " + input.name() + ": " + FailureLine.reason(e)
                            + ". A feed from standard input needs none",
                    e);
        }
    }

    private static Closeable locked(Path file, FeedInput input) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = ExclusiveLock.on(channel, Duration.ZERO) != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new CommandFailure(input.name() + " is being fed by another process");
        }
        return channel;
    }
}
