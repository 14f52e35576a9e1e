package dev.sluice.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds loopback ports that are currently free; another process may still take one before it is used. */
public final class FreePorts {

    private static final int ANY = 0;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** Returns a free port, never the same one twice: the system may offer one again at once. */
    public static int next() {
        int port = offered();
        while (!GIVEN.add(port)) {
            port = offered();
        }
        return port;
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = open(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int offered() {
        try (ServerSocket socket = open(ANY)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port is free", e);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
