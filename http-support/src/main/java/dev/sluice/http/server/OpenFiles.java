package dev.sluice.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits connections to what the process's limit of open files allows. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    // Files that the clients of Kafka and the store have yet to open, including a pool of a hundred connections to
    // the store.
    private static final long OTHERS = 128;

    // With fewer connections, submitters might leave none for health checks and metrics.
    private static final int LEAST = 16;

    private OpenFiles() {}

    /**
     * Returns {@code connections}, reduced to three quarters of the limit of open files and to what already open
     * files leave. Helidon stops its listener for good when no file descriptor is left to accept a connection with,
     * so that must not happen.
     *
     * @throws UncheckedIOException if hardly any connections are possible, with a message for people
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
