package dev.sluice.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections the process's limit of open files leaves room for. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    // What Kafka's clients and the store's are yet to open, a hundred connections of the latter's pool among it.
    private static final long OTHERS = 128;

    // With fewer, who asks for health and metrics may find no place beside those who submit.
    private static final int LEAST = 16;

    private OpenFiles() {}

    /**
     * At most three quarters of the files that may be open, nor more than are left beside what is open already. Helidon ends its listener for
     * good when a connection cannot be accepted for want of a file descriptor, so that must not happen.
     *
     * @throws UncheckedIOException if they leave room for next to none, with a message for people
     */
    static int atMost(int connections) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return connections;
        }
        long files = system.getMaxFileDescriptorCount();
        if (files <= 0) {
            return connections;
        }
        int room = room(files, system.getOpenFileDescriptorCount());
        if (room >= connections) {
            return connections;
        }
        if (room < Math.min(LEAST, connections)) {
            String reason = "the process may have " + files + " files open, and has "
                    + system.getOpenFileDescriptorCount() + " now: expected room for " + LEAST + " connections and "
                    + OTHERS + " files more (see ulimit -n)";
            throw new UncheckedIOException(reason, new IOException(reason));
        }
        LOG.warn(
                "At most {} connections instead of {}: the process may have {} files open (see ulimit -n)",
                room,
                connections,
                files);
        return room;
    }

    static int room(long files, long open) {
        return Math.clamp(Math.min(files / 4 * 3, files - open - OTHERS), 0, Integer.MAX_VALUE);
    }
}
