package dev.sluice.http.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A request with a streamed body: what every handler receives, plus the body as it arrives, and a response that may
 * begin before the body ends.
 */
public interface StreamRequest {

    /** The request as every handler receives it, except that its body is not held in memory as a whole. */
    ApiRequest request();

    /**
     * The body as sent, whatever its Content-Encoding. One thread at a time may read it, not necessarily the
     * handler's; input read after the handler has returned is dropped. Reading has no time limit, so the handler must
     * enforce {@link #patience}. Throws {@link java.net.ProtocolException} if the body's framing is malformed, and
     * any other {@link java.io.IOException} if the body was cut off.
     */
    InputStream stream();

    /** Sends the response. Waits a bounded time for the client to read it; meanwhile its memory is the handler's to bound. */
    void answer(Answer answer);

    /**
     * Begins the response. Each write waits a bounded time for the client to read; closing the stream completes
     * the response.
     *
     * @param mediaType the response's Content-Type
     */
    OutputStream answer(int status, String mediaType);

    /** How long a client may go without making progress. */
    Duration patience();

    /** The longest piece of the body that may be held in memory at once, in bytes. */
    int longestPiece();

    /**
     * Acquires memory from the budget shared by all bodies, waiting at most {@code within}; a request for more than
     * one request may hold is reduced to that maximum. Returns whether it was acquired.
     */
    boolean takeMemory(long bytes, Duration within);

    void giveBackMemory(long bytes);

    /**
     * Charges a session of this length to the caller's quotas, all or nothing.
     *
     * @return zero if it was charged, otherwise how long until there is room for it
     */
    Duration takeOfQuota(long bytes);

    /**
     * Returns whether the caller may continue: its token may have been revoked or have expired since the
     * request arrived.
     */
    boolean granted();

    boolean stopping();
}
