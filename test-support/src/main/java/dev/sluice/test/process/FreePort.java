package dev.sluice.test.process;

import dev.sluice.embedded.FreePorts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports that are currently free. They lie below the range for outgoing connections: otherwise a client
 * that keeps reconnecting to a stopped server would eventually be assigned the server's port, and connect to itself.
 */
public final class FreePort {

    private static final int LOWEST = 12_000;
    private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;
    private static final int TRIES = 200;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** Returns a random free port, never the same one twice. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_OF_OUTGOING_CONNECTIONS);
            if (FreePorts.isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("none of " + TRIES + " ports is free");
    }
}
