package dev.sluice.standalone.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines that end in LF or CRLF; the line ending of the last one is optional. */
final class NdjsonLines implements Sessions {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    NdjsonLines(InputStream source) {
        this.source = source;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        long length = 0;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            length += end - position;
            if (length <= LONGEST) {
                line.write(buffer, position, end - position);
            } else {
                line = new ByteArrayOutputStream(0);
            }
            boolean ends = end < limit;
            position = ends ? end + 1 : end;
            if (ends) {
                return finished(line, length);
            }
        }
        return length == 0 ? null : finished(line, length);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static byte[] finished(ByteArrayOutputStream line, long length) {
        if (length > LONGEST) {
            return TOO_LONG;
        }
        byte[] bytes = line.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, source.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
