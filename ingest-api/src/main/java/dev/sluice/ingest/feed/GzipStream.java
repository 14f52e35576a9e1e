package dev.sluice.ingest.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip of any number of members. The JDK's stream ends at bytes after a member that do not begin another one, and drops them; here they
 * are an error, because they were part of a feed, unless they are the zeros that pad a file to whole blocks.
 */
public final class GzipStream extends InputStream {

    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream source;

    private int position;
    private int limit;
    private boolean inMember;
    private boolean afterMember;

    public GzipStream(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || beginMember()) {
            int expanded = inflate(bytes, offset, length);
            if (expanded > 0) {
                return expanded;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            int expanded = inflater.inflate(bytes, offset, length);
            position = limit - inflater.getRemaining();
            checksum.update(bytes, offset, expanded);
            // Reads on only when nothing is left to return: the client may be silent from here on.
            if (expanded == 0 && inflater.finished()) {
                endMember();
            } else if (expanded == 0) {
                fillOrFail();
                inflater.setInput(buffer, position, limit - position);
            }
            return expanded;
        } catch (DataFormatException e) {
            throw new Expansion.DamagedException("gzip data is corrupt: " + e.getMessage());
        }
    }

    private boolean beginMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        if (afterMember && buffer[position] == 0) {
            skipPadding();
            return false;
        }
        if (next() != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException(afterMember ? "what follows its gzip data is not gzip data" : "not gzip data");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("not gzip data that can be read: its flags are " + flags);
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        checksum.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        long expectedChecksum = littleEndian();
        long expectedLength = littleEndian();
        if (expectedChecksum != checksum.getValue() || expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new Expansion.DamagedException("gzip data is corrupt: its checksum or length is another");
        }
        inMember = false;
        afterMember = true;
    }

    private void skipPadding() throws IOException {
        while (position < limit || fill()) {
            if (next() != 0) {
                throw new ZipException("not gzip data, after zeros");
            }
        }
    }

    private long littleEndian() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // Skips the file's name or a comment.
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            fillOrFail();
        }
        return buffer[position++] & 0xff;
    }

    private void fillOrFail() throws IOException {
        if (!fill()) {
            throw new ZipException("gzip data ends in the middle");
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, source.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
