package dev.sluice.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections the process's limit of open files leaves room for. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private OpenFiles() {}

    /**
     * At most three quarters of the files that may be open. Helidon ends its listener for good when a connection cannot be accepted for want
     * of a file descriptor, so that must not happen.
     */
    static int atMost(int connections) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return connections;
        }
        long room = system.getMaxFileDescriptorCount() / 4 * 3;
        if (room <= 0 || room >= connections) {
            return connections;
        }
        LOG.info(
                "At most {} connections instead of {}: the process may have {} files open (see ulimit -n)",
                room,
                connections,
                system.getMaxFileDescriptorCount());
        return (int) room;
    }
}
