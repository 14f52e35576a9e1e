package dev.sluice.http.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/**
 * Checks whether an address can be listened on: if not, Helidon only logs that at length, and returns as if it
 * had started.
 */
final class ListenAddress {

    private ListenAddress() {}

    static void check(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            if (address.isUnresolved()) {
                throw new UnknownHostException("there is no host of this name");
            }
            channel.bind(address);
        } catch (IOException e) {
            throw unusable(host, port, e);
        }
    }

    static UncheckedIOException unusable(String host, int port, IOException reason) {
        return new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + reason.getMessage(), reason);
    }
}
