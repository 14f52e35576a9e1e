package dev.sluice.standalone.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each connection with the headers and the beginning of a body, and then stays silent. */
public final class SilentServer implements AutoCloseable {

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    public SilentServer() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::run);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void run() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
            }
        } catch (IOException _) {
            // Closed at the end of the test.
        }
    }
}
