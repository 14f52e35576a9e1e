package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * A connection to an HTTP/1.1 server whose responses have a Content-Length. It does only what a client must, because
 * the load shares the CPU with the server under test. By default there is no time limit for a response, since that
 * would cost a virtual thread a timer each; the process that started the load ends it if it takes too long. Not
 * thread-safe.
 */
final class Connection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Reply reply = new Reply();

    Connection(String address) throws IOException {
        this.socket = new Socket();
        socket.connect(Requests.server(address));
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Sets a time limit for each response, for callers that nobody else watches. */
    void answersWithin(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
    }

    /** Sends a request, reads the whole response and returns its status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        reply.clear();
        boolean whole = false;
        while (!whole) {
            whole = reply.readFrom(in);
        }
        return reply.status();
    }

    /** A header of the last response; empty if absent. */
    String header(String name) {
        return reply.header(name);
    }

    String body() {
        return reply.body();
    }

    /** The size of the last response in bytes, including its head. */
    int length() {
        return reply.length();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
