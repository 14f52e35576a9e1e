package dev.sluice.standalone.start;

import dev.sluice.http.observe.ReadinessCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the broker's log has room left. Submissions are refused when space is low, because the broker ends the
 * process once it cannot write; on the same disk, the remaining space is for storing what has been accepted.
 */
final class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final long KEPT_FREE = 128L * 1024 * 1024;
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final Path folder;
    private volatile Seen seen;

    DiskSpace(Path folder) {
        this.folder = folder;
        this.seen = look();
    }

    private record Seen(long at, long free) {

        boolean isEnough() {
            return free >= KEPT_FREE;
        }
    }

    boolean hasRoom() {
        return seen().isEnough();
    }

    ReadinessCheck.State state() {
        Seen now = seen();
        return new ReadinessCheck.State(
                now.isEnough(),
                mebibytes(now.free()) + " MiB are free where the log is: expected at least " + mebibytes(KEPT_FREE));
    }

    private Seen seen() {
        Seen last = seen;
        if (System.nanoTime() - last.at() < LOOK_EVERY_NANOS) {
            return last;
        }
        Seen now = look();
        seen = now;
        if (now.isEnough() != last.isEnough()) {
            LOG.warn("Submissions are {}: {}", now.isEnough() ? "taken again" : "refused", state().detail());
        }
        return now;
    }

    private Seen look() {
        try {
            return new Seen(System.nanoTime(), Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            // Unknown space is no reason to refuse: nothing is acknowledged that cannot be written.
            return new Seen(System.nanoTime(), Long.MAX_VALUE);
        }
    }

    private static long mebibytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
