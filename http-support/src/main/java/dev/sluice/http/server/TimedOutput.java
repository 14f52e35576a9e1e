package dev.sluice.http.server;

import dev.sluice.http.server.Deadlines.Deadline;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Limits the time of each write; when it is exceeded, the thread is interrupted, which closes the connection. */
final class TimedOutput extends FilterOutputStream {

    private final Deadlines deadlines;
    private final Duration limit;
    private final Runnable completion;

    /** {@code completion}: runs last, on close. */
    TimedOutput(OutputStream out, Deadlines deadlines, Duration limit, Runnable completion) {
        super(out);
        this.completion = completion;
        this.deadlines = deadlines;
        this.limit = limit;
    }

    private interface Writing {
        void run() throws IOException;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        timed(() -> out.write(bytes, offset, length));
    }

    @Override
    public void write(int b) throws IOException {
        timed(() -> out.write(b));
    }

    @Override
    public void flush() throws IOException {
        timed(out::flush);
    }

    @Override
    public void close() throws IOException {
        timed(() -> {
            out.close();
            completion.run();
        });
    }

    private void timed(Writing writing) throws IOException {
        Deadline deadline = deadlines.start(limit);
        boolean inTime;
        try {
            writing.run();
        } finally {
            inTime = deadlines.end(deadline);
        }
        if (!inTime) {
            throw new IOException("It was not taken within " + limit);
        }
    }
}
