package dev.sluice.ingest.feed;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** How long a client has kept the server waiting since it last made progress. One thread reads; {@link #stalled} may be called by others. */
final class ClientDelay {

    // The minimum a client must send within the time allowed, unless it ends a line.
    private static final int PROGRESS_BYTES = 64 * 1024;

    private long sinceProgress;
    private long waited;
    private volatile long waitingSince;
    private volatile boolean waiting;

    int read(InputStream client, byte[] buffer) throws IOException {
        int read = timed(client, buffer);
        sinceProgress += Math.max(0, read);
        if (sinceProgress >= PROGRESS_BYTES) {
            progress();
        }
        return read;
    }

    void progress() {
        sinceProgress = 0;
        waited = 0;
    }

    /** Zero unless it is waiting for the client now: other waits, such as for memory, are not the client's. */
    Duration stalled() {
        return waiting ? Duration.ofNanos(System.nanoTime() - waitingSince) : Duration.ZERO;
    }

    private int timed(InputStream client, byte[] buffer) throws IOException {
        waitingSince = System.nanoTime() - waited;
        waiting = true;
        try {
            return client.read(buffer, 0, buffer.length);
        } finally {
            waiting = false;
            waited = System.nanoTime() - waitingSince;
        }
    }
}
