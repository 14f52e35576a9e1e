package dev.sluice.http.server;

import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request before it is routed: bounds the time that its headers may take, keeps hold of the connection so that it can be drained,
 * and has overlong bodies refused by us.
 */
final class ConnectionGuard implements Http1ConnectionListener {

    /** Marks a request whose declared body is over the limit. */
    static final HeaderName OVERSIZED = HeaderNames.create("X-Sluice-Oversized-Body");

    private static final int DRAIN_BYTES = 64 * 1024 * 1024;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

    private final Deadlines deadlines;
    private final HttpLimits limits;

    // A connection has a virtual thread of its own for its whole life. Not static: there is no state outside of a
    // server.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    ConnectionGuard(Deadlines deadlines, HttpLimits limits) {
        this.deadlines = deadlines;
        this.limits = limits;
    }

    private static final class Connection {
        private final DataReader reader;
        private @Nullable Deadline headers;

        private Connection(DataReader reader) {
            this.reader = reader;
        }
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection connection = current.get();
        if (connection == null) {
            connection = new Connection(context.dataReader());
            current.set(connection);
        }
        connection.headers = deadlines.start(limits.headerTimeout());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Connection connection = current.get();
        if (connection != null && connection.headers != null) {
            deadlines.end(connection.headers);
            connection.headers = null;
        }
        refuseOurselves((WritableHeaders<?>) headers);
    }

    // Helidon answers 413 before anybody is authenticated, and closes the connection at once, which resets it while the
    // client is still sending, so that the answer is lost. It also takes a chunk's declared length into memory as one
    // piece, so its own limit has to stay on. Hence it sees a length that it lets pass, and we answer without reading.
    private void refuseOurselves(WritableHeaders<?> headers) {
        headers.remove(OVERSIZED);
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            return;
        }
        String declared = headers.get(HeaderNames.CONTENT_LENGTH).get().strip();
        if (declared.matches("\\d{1,18}") && Long.parseLong(declared) > limits.maxBodyBytes()) {
            headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(limits.maxBodyBytes()));
            headers.set(OVERSIZED, "true");
        }
    }

    /** Drops what the client still sends, for a bounded time, so that closing does not reset the connection with our answer in flight. */
    void drain() {
        Connection connection = current.get();
        if (connection == null) {
            return;
        }
        Deadline deadline = deadlines.start(DRAIN_TIME);
        try {
            dropAll(connection.reader);
        } catch (RuntimeException _) {
            // The end of the stream, or of our patience: either way there is nobody left to tell.
        } finally {
            deadlines.end(deadline);
        }
    }

    private static void dropAll(DataReader reader) {
        int dropped = 0;
        while (dropped < DRAIN_BYTES) {
            int available = reader.available();
            reader.skip(available);
            dropped += available;
            reader.pullData();
        }
    }
}
