package dev.sluice.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports that are currently free; another process may still take one before it is used. They lie below
 * Linux's default range for outgoing connections: otherwise a client that keeps reconnecting to a stopped server would
 * eventually be assigned the server's port, and connect to itself.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;
    private static final int TRIES = 200;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** Returns a random free port, never the same one twice. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_OF_OUTGOING_CONNECTIONS);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("none of " + TRIES + " loopback ports is free");
    }

    /** Whether a port is free; {@link #next} never gives it from then on. */
    public static boolean take(int port) {
        GIVEN.add(port);
        return isFree(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
