package dev.sluice.http.server;

import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request before it is routed: bounds the time that its headers may take, keeps hold of the connection so that it can be drained,
 * has overlong bodies refused by us, and takes streams over, whose bodies Helidon then knows nothing of.
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

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Deadline> opening = new ThreadLocal<>();

    ConnectionGuard(Deadlines deadlines, HttpLimits limits) {
        this.deadlines = deadlines;
        this.limits = limits;
    }

    private static final class Connection {
        private final DataReader reader;
        private @Nullable Deadline headers;
        private @Nullable HttpPrologue prologue;
        private @Nullable StreamedBody streamed;

        private Connection(DataReader reader) {
            this.reader = reader;
        }
    }

    /** A client has opened a connection with TLS: bounds its handshake and the wait for its first request. On the connection's thread. */
    void opened() {
        opening.set(deadlines.start(limits.headerTimeout()));
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Deadline first = opening.get();
        if (first != null) {
            deadlines.end(first);
            opening.remove();
        }
        Connection connection = current.get();
        if (connection == null) {
            connection = new Connection(context.dataReader());
            current.set(connection);
        }
        connection.prologue = prologue;
        connection.streamed = null;
        connection.headers = deadlines.start(limits.headerTimeout());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Connection connection = current.get();
        if (connection != null && connection.headers != null) {
            deadlines.end(connection.headers);
            connection.headers = null;
        }
        if (connection != null && isStream(connection, headers)) {
            connection.streamed =
                    takeOver(context, (WritableHeaders<?>) headers).orElse(null);
        }
        if (connection == null || connection.streamed == null) {
            refuseOurselves((WritableHeaders<?>) headers);
        }
    }

    /** The body of the request at hand, if it is a stream. */
    Optional<StreamedBody> streamed() {
        return Optional.ofNullable(current.get()).map(connection -> connection.streamed);
    }

    private static boolean isStream(Connection connection, Headers headers) {
        return connection.prologue != null
                && connection.prologue.method().equals(Method.POST)
                && MediaTypes.isNdjson(headers.first(HeaderNames.CONTENT_TYPE).orElse(""));
    }

    // Helidon would hold a whole chunk in memory, however long, and count a stream's length against a body's limit.
    // Framing that
    // we do not understand is left to it.
    private static Optional<StreamedBody> takeOver(ConnectionContext context, WritableHeaders<?> headers) {
        boolean chunked = headers.contains(HeaderNames.TRANSFER_ENCODING);
        boolean both = chunked && headers.contains(HeaderNames.CONTENT_LENGTH);
        OptionalLong length = chunked ? OptionalLong.empty() : declaredLength(headers);
        if (both
                || (chunked && !headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED))
                || (!chunked && length.isEmpty())) {
            return Optional.empty();
        }
        boolean awaited = headers.contains(HeaderValues.EXPECT_100);
        headers.remove(HeaderNames.TRANSFER_ENCODING);
        headers.remove(HeaderNames.CONTENT_LENGTH);
        headers.remove(HeaderNames.EXPECT);
        return Optional.of(new StreamedBody(context.dataReader(), context.dataWriter(), length, awaited));
    }

    private static OptionalLong declaredLength(WritableHeaders<?> headers) {
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)
                || headers.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1) {
            return OptionalLong.empty();
        }
        String declared = headers.get(HeaderNames.CONTENT_LENGTH).get().strip();
        return declared.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(declared)) : OptionalLong.empty();
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
        if (connection == null || (connection.streamed != null && !connection.streamed.stopReading(DRAIN_TIME))) {
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

    /** Drops what comes until the connection ends, or very much has come. */
    static void dropAll(DataReader reader) {
        int dropped = 0;
        while (dropped < DRAIN_BYTES) {
            int available = reader.available();
            reader.skip(available);
            dropped += available;
            reader.pullData();
        }
    }
}
