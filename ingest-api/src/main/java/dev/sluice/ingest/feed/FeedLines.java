package dev.sluice.ingest.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Splits a feed into lines, in memory bounded by the longest line that is taken: a longer one is skipped without being held. Lines end in LF
 * or CRLF; the last one need not. One thread reads; others may ask how it gets on.
 */
final class FeedLines implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;
    // What a client has to send at least, in the time that it is given, if it does not send the end of a line.
    private static final int PROGRESS_BYTES = 64 * 1024;

    private final InputStream source;
    private final int maxLine;
    private final LineMemory memory;
    private final Runnable beforeWaiting;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final TimeSlice slice = new TimeSlice();

    private int position;
    private int limit;
    private byte[] begun = {};
    private int begunLength;
    private long sinceProgress;
    private boolean blank;
    private long waited;
    private volatile long waitingSince;
    private volatile boolean waiting;

    /**
     * Reads nothing yet.
     *
     * @param maxLine how long a line may be, in bytes, without its end
     * @param beforeWaiting what is done each time before the client may be waited for
     */
    FeedLines(InputStream source, int maxLine, LineMemory memory, Runnable beforeWaiting) {
        this.source = source;
        this.maxLine = maxLine;
        this.memory = memory;
        this.beforeWaiting = beforeWaiting;
    }

    /** The next line of a feed. */
    sealed interface Line {

        /** A line that has something on it. */
        @SuppressWarnings("ArrayRecordComponent")
        record Text(byte[] bytes) implements Line {}

        /** Nothing, or only white space. */
        record Blank() implements Line {}

        /** It is longer than is allowed. */
        record TooLong(long bytes) implements Line {}

        /** There is no further line. */
        record End() implements Line {}
    }

    int maxLine() {
        return maxLine;
    }

    /** Closes the source and releases the line's memory. */
    @Override
    public void close() throws IOException {
        memory.giveBack();
        source.close();
    }

    /** How long the client has kept us waiting. What we keep it waiting, for memory say, does not count. */
    Duration stalled() {
        return waiting ? Duration.ofNanos(System.nanoTime() - waitingSince) : Duration.ZERO;
    }

    /**
     * Reads a line.
     *
     * @throws LineMemory.NoneLeftException if a long line found no memory
     * @throws IOException what the source throws; what there is of a line then is none
     */
    Line next() throws IOException {
        memory.giveBack();
        begun = new byte[0];
        begunLength = 0;
        // Blank lines are no way of getting on.
        if (!blank) {
            progress();
        }
        Line line = read();
        blank = line instanceof Line.Blank;
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
                // One more than allowed, because that may be the CR of the line's end.
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

    /** The line, of what has been kept of it and {@code length} bytes from the position on. */
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
        int read = readSource();
        position = 0;
        limit = Math.max(0, read);
        sinceProgress += limit;
        if (sinceProgress >= PROGRESS_BYTES) {
            progress();
        }
        return read > 0;
    }

    private int readSource() throws IOException {
        waitingSince = System.nanoTime() - waited;
        waiting = true;
        try {
            return source.read(buffer, 0, buffer.length);
        } finally {
            waiting = false;
            waited = System.nanoTime() - waitingSince;
        }
    }

    private void progress() {
        sinceProgress = 0;
        waited = 0;
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
