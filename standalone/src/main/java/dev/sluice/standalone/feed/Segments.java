package dev.sluice.standalone.feed;

import dev.sluice.service.failure.FatalErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead: while one segment is being sent, the lines of the next one are read. A line waits only so
 * long for others to be sent with it, so that slow input is sent as it arrives. At most two segments are in memory.
 */
final class Segments implements AutoCloseable {

    static final int MOST_LINES = 16_384;
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Thread thread;
    private final Duration patience;
    private long nextLine;
    private List<byte[]> lines = new ArrayList<>();
    private int bytes;
    private long firstCame;
    private boolean ended;
    private @Nullable IOException failure;

    /**
     * Begins to read.
     *
     * @param firstLine the first line of the first segment; earlier ones are read and discarded
     * @param patience how long a segment waits to be full once it has a line
     */
    Segments(Input input, long firstLine, Duration patience) {
        this.nextLine = firstLine;
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("feed-reader").start(() -> run(input, firstLine));
    }

    /** What is read. Opened and closed by the thread that reads: closing elsewhere would wait while that thread waits for a slow pipe. */
    @FunctionalInterface
    interface Input {
        Sessions open() throws IOException;
    }

    /**
     * Returns the next segment, or empty at the end.
     *
     * @throws IOException if reading has failed; all segments before the failure have been returned
     */
    synchronized Optional<Segment> next() throws IOException, InterruptedException {
        while (lines.isEmpty() && !ended) {
            wait();
        }
        while (!isFull() && !ended && nanosLeft() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, nanosLeft());
        }
        if (lines.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            return Optional.empty();
        }
        Segment segment = new Segment(nextLine, lines);
        nextLine += lines.size();
        lines = new ArrayList<>();
        bytes = 0;
        notifyAll();
        return Optional.of(segment);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run(Input input, long firstLine) {
        try {
            readAll(input, firstLine);
            end(null);
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException _) {
            end(new IOException("reading was interrupted"));
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            end(new IOException(e.toString(), e));
        }
    }

    private void readAll(Input input, long firstLine) throws IOException, InterruptedException {
        try (Sessions sessions = input.open()) {
            for (long line = 1; line < firstLine; line++) {
                if (sessions.next() == null) {
                    throw new IOException("there is no line " + firstLine + ": it ends with line " + (line - 1));
                }
            }
            for (byte[] line = sessions.next(); line != null; line = sessions.next()) {
                add(line);
            }
        }
    }

    private synchronized void add(byte[] line) throws InterruptedException {
        while (isFull()) {
            wait();
        }
        if (lines.isEmpty()) {
            firstCame = System.nanoTime();
        }
        lines.add(line);
        bytes += line.length + 1;
        if (lines.size() == 1 || isFull()) {
            notifyAll();
        }
    }

    private long nanosLeft() {
        return firstCame + patience.toNanos() - System.nanoTime();
    }

    private boolean isFull() {
        return lines.size() == MOST_LINES || bytes >= MOST_BYTES;
    }

    private synchronized void end(@Nullable IOException withFailure) {
        ended = true;
        failure = withFailure;
        notifyAll();
    }
}
