package dev.sluice.http.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** What a handler of streams is given: beside what every handler is given, the body as it comes, and an answer that may begin before its end. */
public interface StreamRequest {

    /** What every handler is given. Its body is not held as a whole. */
    ApiRequest request();

    /**
     * The body as it was sent, whatever its Content-Encoding. One thread at a time may read it, and need not be the handler's; what it still
     * reads when the handler has returned is dropped. Reading has no time limit: whoever handles the request keeps {@link #patience}. It throws
     * {@link java.net.ProtocolException} where the body's framing is malformed, and any other {@link java.io.IOException} where it was cut off.
     */
    InputStream stream();

    /**
     * Begins the answer. Each write waits a bounded time for the client to read; closing it completes the answer.
     *
     * @param mediaType the answer's Content-Type
     */
    OutputStream answer(int status, String mediaType);

    /** How long a client may go without getting on. */
    Duration patience();

    /** The longest piece of the body that may be held in memory at once, in bytes. */
    int longestPiece();

    /**
     * Acquires memory from the budget that all bodies share, waiting at most {@code within}; more than one request may hold counts as that
     * maximum. Returns whether it was acquired.
     */
    boolean takeMemory(long bytes, Duration within);

    /** Gives back what was taken. */
    void giveBackMemory(long bytes);

    /**
     * Takes sessions of this length of the caller's quotas, or nothing.
     *
     * @return zero if they were taken, else how long until there is room for them
     */
    Duration takeOfQuota(int sessions, long bytes);

    /** Whether the caller may go on: a token may have been revoked, or have expired, since the request came. */
    boolean granted();

    /** Whether the server is stopping, and the request has to come to an end. */
    boolean stopping();
}
