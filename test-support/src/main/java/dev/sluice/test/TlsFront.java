package dev.sluice.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;

/** Terminates TLS for a server that does not support it, and forwards the plain bytes on this machine. */
public final class TlsFront implements AutoCloseable {

    private final SSLServerSocket listener;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Starts on any free loopback port, in front of the server at {@code port}. */
    public static TlsFront start(TestCertificate certificate, int port) {
        try {
            TlsFront front = new TlsFront(
                    (SSLServerSocket) certificate
                            .serving()
                            .getServerSocketFactory()
                            .createServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                    port);
            Thread.ofVirtual().name("tls-front").start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port for clients. */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // Either closed, or a client that disconnected at once.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(server);
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException _) {
            // One side has disconnected; closing shows that to the other.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // As in accept: one side has disconnected.
        } finally {
            open.remove(from);
        }
    }
}
