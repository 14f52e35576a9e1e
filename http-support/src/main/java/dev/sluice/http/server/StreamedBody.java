package dev.sluice.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A body of any length, declared or chunked, read from the connection as it arrives; a chunk is never held as a
 * whole. It ends only where its framing says so: a connection that is cut earlier causes an {@link EOFException}.
 */
final class StreamedBody extends InputStream {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE = 1024;
    private static final int MAX_TRAILERS = 16 * 1024;
    private static final int MAX_SIZE_DIGITS = 15;
    private static final byte DELETE = 0x7f;
    // Bytes that chunks may need besides their data: some for each chunk, and a fixed amount in total.
    private static final int CHUNK_OVERHEAD = 16;
    private static final int MAX_OVERHEAD = 16 * 1024;

    private final ReentrantLock reading = new ReentrantLock();
    private final DataReader reader;
    private final DataWriter writer;
    private final boolean chunked;
    private final long most;

    private boolean continueAwaited;
    private boolean begun;
    private long left;
    private long begunBytes;
    private long overhead;
    private volatile boolean atItsEnd;
    private volatile boolean stopped;

    /**
     * Reads nothing yet.
     *
     * @param length the declared length; empty if chunked
     * @param most the maximum length of a chunked body; {@link Long#MAX_VALUE} for a stream
     * @param continueAwaited whether the client waits for 100 Continue before sending the body
     */
    StreamedBody(DataReader reader, DataWriter writer, OptionalLong length, long most, boolean continueAwaited) {
        this.reader = reader;
        this.writer = writer;
        this.chunked = length.isEmpty();
        this.left = length.orElse(0);
        this.most = most;
        this.continueAwaited = continueAwaited;
        this.atItsEnd = !chunked && left == 0;
    }

    static final class TooLongException extends IOException {}

    boolean isStream() {
        return most == Long.MAX_VALUE;
    }

    boolean isAtItsEnd() {
        return atItsEnd;
    }

    /**
     * Takes the connection from the reading thread, whose next read fails as if the connection had ended. A read that
     * is waiting for the client drops what then arrives.
     *
     * @param then what to do with the connection, if it is released within the time
     */
    void stopReading(Duration within, Runnable then) {
        stopped = true;
        try {
            if (reading.tryLock(within.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    then.run();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        reading.lock();
        try {
            return atItsEnd ? -1 : readSome(buffer, offset, length);
        } catch (UncheckedIOException | CloseConnectionException e) {
            throw new EOFException("The connection broke: " + e.getMessage());
        } catch (InsufficientDataAvailableException e) {
            throw new EOFException("The connection was closed before the body's end");
        } finally {
            reading.unlock();
        }
    }

    private int readSome(byte[] buffer, int offset, int length) throws IOException {
        refuseIfStopped();
        if (continueAwaited) {
            continueAwaited = false;
            writer.writeNow(BufferData.create(CONTINUE));
        }
        if (chunked && left == 0 && !nextChunk()) {
            return -1;
        }
        await();
        int size = (int) Math.min(Math.min(length, left), reader.available());
        reader.readBuffer(size).read(buffer, offset, size);
        left -= size;
        if (!chunked && left == 0) {
            atItsEnd = true;
        }
        return size;
    }

    private boolean nextChunk() throws IOException {
        if (begun && !line(MAX_LINE).isEmpty()) {
            throw malformed("A chunk is longer than it says");
        }
        begun = true;
        String line = line(MAX_LINE);
        left = size(line);
        refuseTooMuch(line.length());
        if (left > 0) {
            return true;
        }
        int trailers = 0;
        for (String trailer = line(MAX_LINE); !trailer.isEmpty(); trailer = line(MAX_LINE)) {
            trailers += trailer.length();
            if (trailers > MAX_TRAILERS || trailer.indexOf(':') <= 0) {
                throw malformed("The trailers are malformed");
            }
        }
        atItsEnd = true;
        return false;
    }

    /** The number that begins a chunk's first line. Extensions may follow it, and are ignored. */
    private static long size(String line) throws ProtocolException {
        int digits = 0;
        while (digits < line.length() && HexFormat.isHexDigit(line.charAt(digits))) {
            digits++;
        }
        int end = digits;
        while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
            end++;
        }
        boolean endsThere = digits == line.length() || (end < line.length() && line.charAt(end) == ';');
        if (digits == 0 || digits > MAX_SIZE_DIGITS || !endsThere) {
            throw malformed("A chunk's length is malformed");
        }
        return HexFormat.fromHexDigitsToLong(line, 0, digits);
    }

    private void refuseTooMuch(int lineLength) throws IOException {
        if (left > most - begunBytes) {
            throw new TooLongException();
        }
        begunBytes += left;
        overhead = Math.max(0, overhead + lineLength - CHUNK_OVERHEAD - left);
        if (overhead > MAX_OVERHEAD) {
            throw malformed("The chunks have too much beside their bytes");
        }
    }

    private String line(int limit) throws IOException {
        StringBuilder line = new StringBuilder();
        for (byte next = next(); next != '\r'; next = next()) {
            if (line.length() == limit || isControl(next)) {
                throw malformed("The chunks are malformed");
            }
            line.append((char) (next & 0xff));
        }
        if (next() != '\n') {
            throw malformed("The chunks are malformed");
        }
        return line.toString();
    }

    private static boolean isControl(byte next) {
        return (next >= 0 && next < ' ' && next != '\t') || next == DELETE;
    }

    private byte next() throws IOException {
        await();
        return reader.read();
    }

    private void await() throws IOException {
        refuseIfStopped();
        reader.ensureAvailable();
        if (stopped) {
            ConnectionGuard.dropAll(reader);
        }
        refuseIfStopped();
    }

    private void refuseIfStopped() throws IOException {
        if (stopped) {
            throw new EOFException("The request has been answered");
        }
    }

    private static ProtocolException malformed(String what) {
        return new ProtocolException(what);
    }
}
