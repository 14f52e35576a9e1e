package dev.sluice.standalone.feed;

import dev.sluice.http.failure.FatalErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead: while one segment is being sent, the lines of the next one are read. While the input is silent, a segment ends
 * early, so that slow input is sent as it arrives. At most two segments are in memory.
 */
final class Segments implements AutoCloseable {

    private static final int MOST_LINES = 16_384;
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Thread thread;
    private long nextLine;
    private List<byte[]> lines = new ArrayList<>();
    private int bytes;
    private boolean isSilent;
    private boolean ended;
    private @Nullable IOException failure;

    /** Begins with line {@code firstLine}; earlier lines are read and discarded. */
    Segments(Input input, long firstLine) {
        this.nextLine = firstLine;
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
        while (!ended && !isFull() && !(isSilent && !lines.isEmpty())) {
            wait();
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
                add(line, sessions.isWaiting());
            }
        }
    }

    private synchronized void add(byte[] line, boolean isLastForNow) throws InterruptedException {
        while (isFull()) {
            wait();
        }
        lines.add(line);
        bytes += line.length + 1;
        isSilent = isLastForNow;
        notifyAll();
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
