package dev.sluice.standalone.feed;

import dev.sluice.http.failure.FatalErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads ahead: while one segment is being sent, the next one is prepared. At most two complete segments and one partial segment are in memory. */
final class Segments implements AutoCloseable {

    private static final int MOST_LINES = 16_384;
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final long LOOK_AGAIN_MILLIS = 200;
    private static final long MORE_ARRIVES_WITHIN_MILLIS = 1;

    private final SynchronousQueue<Next> queue = new SynchronousQueue<>();
    private final Thread thread;
    private volatile boolean asked;
    private long nextLine;

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

    private record Next(@Nullable Segment segment, @Nullable IOException failure) {}

    /**
     * Returns the next segment, or empty at the end.
     *
     * @throws IOException if reading has failed; all segments before the failure have been returned
     */
    Optional<Segment> next() throws IOException, InterruptedException {
        asked = true;
        Next next;
        boolean isRead;
        do {
            // Checked before the queue, so that the thread's last segment is not missed.
            isRead = thread.isAlive();
            next = queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } while (next == null && isRead);
        asked = false;
        if (next == null) {
            throw new IOException("what is to be fed is not read any more");
        }
        if (next.failure() != null) {
            throw next.failure();
        }
        return Optional.ofNullable(next.segment());
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run(Input input, long firstLine) {
        try {
            try (Sessions sessions = input.open()) {
                for (long line = 1; line < firstLine; line++) {
                    if (sessions.next() == null) {
                        throw new IOException("there is no line " + firstLine + ": it ends with line " + (line - 1));
                    }
                }
                readAll(sessions);
                queue.put(new Next(null, null));
            } catch (IOException e) {
                queue.put(new Next(null, e));
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                queue.put(new Next(null, new IOException(e.toString(), e)));
            }
        } catch (InterruptedException _) {
            // Closed: no more segments are wanted.
        }
    }

    private void readAll(Sessions sessions) throws IOException, InterruptedException {
        List<byte[]> lines = new ArrayList<>();
        int bytes = 0;
        while (true) {
            byte[] line;
            try {
                line = sessions.next();
            } catch (IOException e) {
                give(lines);
                throw e;
            }
            if (line == null) {
                give(lines);
                return;
            }
            lines.add(line);
            bytes += line.length + 1;
            if (lines.size() == MOST_LINES || bytes >= MOST_BYTES || isAskedBeforeMoreArrives(sessions)) {
                give(lines);
                lines = new ArrayList<>();
                bytes = 0;
            }
        }
    }

    // Slow input is sent as it arrives. A read that waits for more would keep these lines from a sender that asks
    // meanwhile.
    private boolean isAskedBeforeMoreArrives(Sessions sessions) throws IOException, InterruptedException {
        while (sessions.isWaiting()) {
            if (asked) {
                return true;
            }
            Thread.sleep(MORE_ARRIVES_WITHIN_MILLIS);
        }
        return false;
    }

    private void give(List<byte[]> lines) throws InterruptedException {
        if (!lines.isEmpty()) {
            Segment segment = new Segment(nextLine, lines);
            nextLine += lines.size();
            queue.put(new Next(segment, null));
        }
    }
}
