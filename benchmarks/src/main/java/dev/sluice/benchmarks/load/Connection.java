package dev.sluice.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection to an HTTP/1.1 server that answers with a Content-Length. It does what a client must and nothing else, since the load shares
 * the processors with what is measured: not even a time limit for each answer unless it is told one, which costs a virtual
 * thread a timer each: whoever started the load ends its process if it takes too long. For one thread.
 */
final class Connection implements AutoCloseable {

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int headLength;

    Connection(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        this.socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
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
        filled = 0;
        headLength = 0;
        while (headLength == 0) {
            fill();
            headLength = endOfHead();
        }
        long end = headLength + contentLength();
        while (filled < end) {
            if (end > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.toIntExact(end));
            }
            fill();
        }
        return (buffer[STATUS_AT] - '0') * 100 + (buffer[STATUS_AT + 1] - '0') * 10 + buffer[STATUS_AT + 2] - '0';
    }

    /** A header of the last answer; empty if it has none. */
    String header(String name) {
        String head = new String(buffer, 0, headLength, StandardCharsets.ISO_8859_1);
        int begin = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        if (begin < 0) {
            return "";
        }
        int value = begin + name.length() + 3;
        return head.substring(value, head.indexOf('\r', value)).strip();
    }

    /** The last answer's body, as text. */
    String body() {
        return new String(buffer, headLength, filled - headLength, StandardCharsets.UTF_8);
    }

    /** How many bytes the last answer had, with its head. */
    int length() {
        return filled;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the server closed the connection before it had answered");
        }
        filled += read;
    }

    private int endOfHead() {
        for (int i = 0; i + HEAD_END.length <= filled; i++) {
            if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + HEAD_END.length, HEAD_END, 0, HEAD_END.length)) {
                return i + HEAD_END.length;
            }
        }
        return 0;
    }

    // Written out: as a search in text it would take longer than the rest of the exchange.
    private long contentLength() throws IOException {
        for (int i = 0; i < headLength; i++) {
            if (buffer[i] == '\n' && isContentLength(i + 1)) {
                return numberFrom(i + 1 + CONTENT_LENGTH.length);
            }
        }
        throw new IOException("the server answered without a Content-Length");
    }

    private boolean isContentLength(int at) {
        if (at + CONTENT_LENGTH.length > headLength) {
            return false;
        }
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            if ((buffer[at + i] | 0x20) != (CONTENT_LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private long numberFrom(int at) {
        long number = 0;
        for (int i = at; buffer[i] != '\r'; i++) {
            if (buffer[i] != ' ') {
                number = number * 10 + (buffer[i] - '0');
            }
        }
        return number;
    }
}
