package dev.sluice.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Parses the responses of a connection, one after another. It looks only for what a client must know. Not thread-safe. */
final class Reply {

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int headLength;
    private long end = Long.MAX_VALUE;

    void clear() {
        filled = 0;
        headLength = 0;
        end = Long.MAX_VALUE;
    }

    /** Reads more, blocking if necessary, and returns whether the response is complete. */
    boolean readFrom(InputStream in) throws IOException {
        makeRoom();
        return isWholeWith(in.read(buffer, filled, buffer.length - filled));
    }

    /** Reads what is available without blocking, and returns whether the response is complete. */
    boolean readFrom(ReadableByteChannel channel) throws IOException {
        makeRoom();
        return isWholeWith(channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled)));
    }

    int status() {
        return (buffer[STATUS_AT] - '0') * 100 + (buffer[STATUS_AT + 1] - '0') * 10 + buffer[STATUS_AT + 2] - '0';
    }

    /** A header of the response; empty if absent. */
    String header(String name) {
        String head = new String(buffer, 0, headLength, StandardCharsets.ISO_8859_1);
        int begin = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        if (begin < 0) {
            return "";
        }
        int value = begin + name.length() + 3;
        return head.substring(value, head.indexOf('\r', value)).strip();
    }

    String body() {
        return new String(buffer, headLength, filled - headLength, StandardCharsets.UTF_8);
    }

    /** The size of the response in bytes, including its head. */
    int length() {
        return filled;
    }

    private boolean isWholeWith(int read) throws IOException {
        if (read < 0) {
            throw new EOFException("the server closed the connection before it had answered");
        }
        filled += read;
        if (headLength == 0) {
            headLength = endOfHead();
            if (headLength > 0) {
                end = headLength + contentLength();
            }
        }
        return filled >= end;
    }

    private void makeRoom() {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    private int endOfHead() {
        for (int i = 0; i + HEAD_END.length <= filled; i++) {
            if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + HEAD_END.length, HEAD_END, 0, HEAD_END.length)) {
                return i + HEAD_END.length;
            }
        }
        return 0;
    }

    // Written out by hand: a text search would take longer than the rest of the exchange.
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
