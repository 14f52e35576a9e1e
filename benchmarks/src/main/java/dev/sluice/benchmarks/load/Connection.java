package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection to an HTTP/1.1 server that answers with a Content-Length. It does what a client must and nothing else, since the load shares
 * the processors with what is measured. For one thread.
 */
final class Connection implements AutoCloseable {

    private static final int ANSWERS_WITHIN_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Reply reply = new Reply();

    Connection(String address) throws IOException {
        this.socket = new Socket();
        socket.connect(Requests.server(address));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Sends a request and returns the answer's status, having read all of it. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        reply.clear();
        boolean whole = false;
        while (!whole) {
            whole = reply.readFrom(in);
        }
        return reply.status();
    }

    /** A header of the last answer; empty if it has none. */
    String header(String name) {
        return reply.header(name);
    }

    /** The last answer's body, as text. */
    String body() {
        return reply.body();
    }

    /** How many bytes the last answer had, with its head. */
    int length() {
        return reply.length();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
