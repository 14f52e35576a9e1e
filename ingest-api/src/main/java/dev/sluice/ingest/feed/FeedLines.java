package dev.sluice.ingest.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Splits a feed into lines, in memory bounded by the longest line allowed: a longer one is skipped without being held. Lines end in LF or CRLF; the
 * last one may have no end. One thread reads; {@link #stalled} may be called by others.
 */
final class FeedLines implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream source;
    private final int maxLine;
    private final LineMemory memory;
    private final Runnable beforeWaiting;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final TimeSlice slice = new TimeSlice();
    private final ClientDelay delay = new ClientDelay();

    private int position;
    private int limit;
    private byte[] begun = {};
    private int begunLength;

    /**
     * Reads nothing yet. {@code maxLine} is in bytes, without the line's end; {@code beforeWaiting} is called each time before reading from the
     * client, which may wait.
     */
    FeedLines(InputStream source, int maxLine, LineMemory memory, Runnable beforeWaiting) {
        this.source = source;
        this.maxLine = maxLine;
        this.memory = memory;
        this.beforeWaiting = beforeWaiting;
    }

    sealed interface Line {

        @SuppressWarnings("ArrayRecordComponent")
        record Text(byte[] bytes) implements Line {}

        /** An empty line, or one of white space only. */
        record Blank() implements Line {}

        record TooLong(long bytes) implements Line {}

        record End() implements Line {}
    }

    int maxLine() {
        return maxLine;
    }

    @Override
    public void close() throws IOException {
        memory.giveBack();
        source.close();
    }

    /** How long the client has kept the server waiting. Time the server spends on other waits, such as for memory, does not count. */
    Duration stalled() {
        return delay.stalled();
    }

    /** Reads the next line; if the source fails, or a long line finds no memory, a partial line is discarded. */
    Line next() throws IOException {
        memory.giveBack();
        begun = new byte[0];
        begunLength = 0;
        Line line = read();
        // Or a client could hold its slot with blank lines for ever.
        if (!(line instanceof Line.Blank)) {
            delay.progress();
        }
        return line;
    }

    private Line read() throws IOException {
        long skipped = 0;
        while (true) {
            if (position == limit && !fill()) {
                return skipped > 0 ? new Line.TooLong(skipped) : begunLength > 0 ? whole(0) : new Line.End();
            }
            int end = endOfLine();
            int length = end - position;
            boolean ends = end < limit;
            if (skipped > 0 || begunLength + length > maxLine + 1) {
                // One byte above the limit may be the CR of the line's end.
                skipped += begunLength + length;
                begunLength = 0;
                begun = new byte[0];
                memory.giveBack();
            } else if (ends) {
                Line line = whole(length);
                position = end + 1;
                return line;
            } else {
                append(length);
            }
            position = ends ? end + 1 : end;
            if (ends) {
                return new Line.TooLong(skipped);
            }
        }
    }

    /** Returns the line: the bytes kept so far and {@code length} more from the position on. */
    private Line whole(int length) throws IOException {
        byte[] line;
        if (begunLength == 0) {
            line = Arrays.copyOfRange(buffer, position, position + length);
        } else {
            memory.takeFor(begunLength + length);
            line = Arrays.copyOf(begun, begunLength + length);
            System.arraycopy(buffer, position, line, begunLength, length);
            begun = new byte[0];
        }
        if (line.length > 0 && line[line.length - 1] == '\r') {
            line = Arrays.copyOf(line, line.length - 1);
        }
        if (line.length > maxLine) {
            return new Line.TooLong(line.length);
        }
        return isBlank(line) ? new Line.Blank() : new Line.Text(line);
    }

    private void append(int length) throws IOException {
        int needed = begunLength + length;
        memory.takeFor(needed);
        if (needed > begun.length) {
            begun = Arrays.copyOf(begun, (int) Math.min(maxLine + 1L, Math.max(needed, 2L * begun.length)));
        }
        System.arraycopy(buffer, position, begun, begunLength, length);
        begunLength = needed;
    }

    private int endOfLine() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        beforeWaiting.run();
        slice.giveWay();
        int read = delay.read(source, buffer);
        position = 0;
        limit = Math.max(0, read);
        return read > 0;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
