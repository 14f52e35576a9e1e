package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * A connection to an HTTP/1.1 server that answers with a Content-Length. It does what a client must and nothing else, since the load shares
 * the processors with what is measured: not even a time limit for each answer unless it is told one, which costs a virtual
 * thread a timer each: whoever started the load ends its process if it takes too long. For one thread.
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

    /** Gives up an answer that takes longer; for those whom nobody else watches. */
    void answersWithin(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
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
