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
     * @throws CommandFailure if another process is feeding it, or nothing can be written beside it
     */
    static Closeable on(FeedInput input) throws IOException {
        Optional<Path> file = input.lockFile();
        if (file.isEmpty()) {
            return () -> {};
        }
        FileChannel channel = open(file.get(), input.name());
        if (ExclusiveLock.on(channel, Duration.ZERO) == null) {
            channel.close();
            throw new CommandFailure(input.name() + " is being fed by another process");
        }
        return channel;
    }

    private static FileChannel open(Path file, String name) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot write beside " + name + ", where it is recorded how far that has been fed: "
                            + FailureLine.reason(e),
                    e);
        }
    }
}
