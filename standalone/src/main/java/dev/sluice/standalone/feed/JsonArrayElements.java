package dev.sluice.standalone.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a JSON array byte for byte, so that numbers keep their notation; only line breaks within an
 * element become spaces. Checks only where elements begin and end, and leaves their syntax to the server.
 */
final class JsonArrayElements implements Sessions {

    private static final int END = -1;

    private final InputStream source;
    private long offset;
    private boolean begun;
    private boolean ended;

    /** @param source should be buffered */
    JsonArrayElements(InputStream source) {
        this.source = source;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        if (ended) {
            return end();
        }
        int first = skipSpace();
        if (!begun) {
            begun = true;
            if (first != '[') {
                throw malformed("expected [");
            }
            first = skipSpace();
            if (first == ']') {
                return end();
            }
        }
        return element(first);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private byte[] element(int first) throws IOException {
        ByteArrayOutputStream element = new ByteArrayOutputStream(512);
        int depth = 0;
        long length = 0;
        for (int next = first; ; next = read()) {
            if (depth == 0 && (next == ',' || next == ']')) {
                if (length == 0) {
                    throw malformed("expected a session");
                }
                ended = next == ']';
                return length > LONGEST ? TOO_LONG : element.toByteArray();
            }
            switch (next) {
                case END -> throw malformed("the array ends in the middle");
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                default -> {}
            }
            length += next == '"' ? text(element, length) : put(element, next, length);
        }
    }

    private long text(ByteArrayOutputStream element, long before) throws IOException {
        long length = put(element, '"', before);
        boolean escaped = false;
        while (true) {
            int next = read();
            if (next == END || next == '\n' || next == '\r') {
                throw malformed("a text ends in the middle");
            }
            length += put(element, next, before + length);
            if (next == '"' && !escaped) {
                return length;
            }
            escaped = next == '\\' && !escaped;
        }
    }

    private static long put(ByteArrayOutputStream element, int next, long before) {
        if (before < LONGEST) {
            element.write(next == '\n' || next == '\r' ? ' ' : next);
        }
        return 1;
    }

    private byte @Nullable [] end() throws IOException {
        ended = true;
        if (skipSpace() != END) {
            throw malformed("something follows the array");
        }
        return null;
    }

    private int skipSpace() throws IOException {
        int next = read();
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            next = read();
        }
        return next;
    }

    private int read() throws IOException {
        offset++;
        return source.read();
    }

    private IOException malformed(String what) {
        return new IOException("not a JSON array: " + what + " at byte " + offset);
    }
}
