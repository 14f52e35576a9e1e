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
        Element element = new Element();
        int depth = 0;
        for (int next = first; ; next = read()) {
            if (depth == 0 && (next == ',' || next == ']')) {
                if (element.length == 0) {
                    throw malformed("expected a session");
                }
                ended = next == ']';
                return element.length > LONGEST ? TOO_LONG : element.bytes.toByteArray();
            }
            switch (next) {
                case END -> throw malformed("the array ends in the middle");
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                default -> {}
            }
            element.add(next);
            if (next == '"') {
                addText(element);
            }
        }
    }

    /** Adds what follows a quote, through the next one. */
    private void addText(Element element) throws IOException {
        boolean escaped = false;
        while (true) {
            int next = read();
            if (next == END || next == '\n' || next == '\r') {
                throw malformed("a text ends in the middle");
            }
            element.add(next);
            if (next == '"' && !escaped) {
                return;
            }
            escaped = next == '\\' && !escaped;
        }
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
        return new MalformedArrayException("not a JSON array: " + what + " at byte " + offset);
    }

    /** An element so far; what exceeds the limit is only counted. */
    private static final class Element {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private long length;

        void add(int next) {
            if (length++ < LONGEST) {
                bytes.write(next == '\n' || next == '\r' ? ' ' : next);
            }
        }
    }
}
