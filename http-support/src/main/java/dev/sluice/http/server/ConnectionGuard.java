package dev.sluice.http.server;

import dev.sluice.contract.thread.Carriers;
import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request before it is routed. It limits the time for headers, rejects requests that do not clearly state
 * where their body ends, keeps the connection so that it can be drained, leaves the rejection of overlong bodies to
 * us, and takes over chunked bodies and streams, hiding them from Helidon.
 */
final class ConnectionGuard implements Http1ConnectionListener {

    private static final int DRAIN_BYTES = 64 * 1024 * 1024;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

    private final Deadlines deadlines;
    private final HttpLimits limits;
    private final OpenConnections open;

    // A connection has one virtual thread for its whole life. Not static: there is no state outside of a server.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Deadline> opening = new ThreadLocal<>();

    ConnectionGuard(Deadlines deadlines, HttpLimits limits, OpenConnections open) {
        this.deadlines = deadlines;
        this.limits = limits;
        this.open = open;
    }

    private static final class Connection {
        private final DataReader reader;
        private @Nullable Deadline headers;
        private @Nullable HttpPrologue prologue;
        private @Nullable StreamedBody body;
        private boolean oversized;

        private Connection(DataReader reader) {
            this.reader = reader;
        }
    }

    /**
     * Called on the connection's thread when a client has opened a TLS connection: limits the time for the handshake
     * and for the first request to arrive.
     */
    void opened() {
        open.handshake();
        opening.set(deadlines.start(limits.headerTimeout()));
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Deadline first = opening.get();
        if (first != null) {
            opening.remove();
            end(first);
        }
        Connection connection = current.get();
        if (connection == null) {
            connection = new Connection(context.dataReader());
            current.set(connection);
        }
        connection.prologue = prologue;
        connection.body = null;
        connection.oversized = false;
        connection.headers = deadlines.start(limits.headerTimeout());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Connection connection = current.get();
        HttpPrologue prologue = connection == null ? null : connection.prologue;
        if (connection == null || prologue == null) {
            throw new IllegalStateException("headers without a request line before them");
        }
        if (connection.headers != null) {
            end(connection.headers);
            connection.headers = null;
        }
        WritableHeaders<?> received = (WritableHeaders<?>) headers;
        RequestTarget.setHost(prologue, received);
        switch (Framing.of(received)) {
            case Framing.None() -> {}
            case Framing.Declared(var length)
            when isStream(prologue, received) ->
                connection.body = takeOver(context, received, OptionalLong.of(length), Long.MAX_VALUE);
            case Framing.Declared(var length) -> connection.oversized = shortenIfOversized(received, length);
            case Framing.Chunked() -> {
                long most = isStream(prologue, received) ? Long.MAX_VALUE : limits.maxBodyBytes();
                connection.body = takeOver(context, received, OptionalLong.empty(), most);
            }
        }
    }

    private void end(Deadline deadline) {
        if (!deadlines.end(deadline)) {
            // The interrupt may be yet to come, and would hit whatever the request waits for then.
            throw new CloseConnectionException("The headers did not arrive in time");
        }
    }

    /** The current request's body if it is hidden from Helidon: a chunked body or a stream. */
    Optional<StreamedBody> body() {
        return Optional.ofNullable(current.get()).map(connection -> connection.body);
    }

    /** Whether the current request declares a body that exceeds the limit. */
    boolean isOversized() {
        Connection connection = current.get();
        return connection != null && connection.oversized;
    }

    /** Returns whether a request's headers have arrived on this connection and it has not been responded to yet. */
    boolean hasRequest() {
        Connection connection = current.get();
        return connection != null && connection.prologue != null && connection.headers == null;
    }

    /** Whether there is hardly any room left for other connections, so that this one should end with its answer. */
    boolean isCrowded() {
        return open.isCrowded();
    }

    /** Called when the request has been responded to and another may arrive. */
    void answered() {
        Connection connection = current.get();
        if (connection != null) {
            connection.prologue = null;
            connection.body = null;
        }
    }

    private static boolean isStream(HttpPrologue prologue, Headers headers) {
        return prologue.method().equals(Method.POST)
                && MediaTypes.isNdjson(headers.first(HeaderNames.CONTENT_TYPE).orElse(""));
    }

    // Helidon would hold a whole chunk, or a chunk's first line, in memory, however long, and apply the limit for
    // bodies to a stream. It accepts "+5" as a chunk's length, and any two bytes as the end of a chunk.
    private static StreamedBody takeOver(
            ConnectionContext context, WritableHeaders<?> headers, OptionalLong length, long most) {
        boolean awaited = headers.contains(HeaderValues.EXPECT_100);
        headers.remove(HeaderNames.TRANSFER_ENCODING);
        headers.remove(HeaderNames.CONTENT_LENGTH);
        headers.remove(HeaderNames.EXPECT);
        return new StreamedBody(context.dataReader(), context.dataWriter(), length, most, awaited);
    }

    // Helidon responds 413 before the caller is authenticated and closes the connection immediately, which resets it
    // while the client is still sending, so that the response is lost. Hence it is shown a length that it accepts, and
    // we respond without reading.
    private boolean shortenIfOversized(WritableHeaders<?> headers, long length) {
        if (length <= limits.maxBodyBytes()) {
            return false;
        }
        headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(limits.maxBodyBytes()));
        return true;
    }

    /**
     * Drops what the client still sends, for a bounded time, so that closing does not reset the connection with our
     * response in flight.
     */
    void drain() {
        Connection connection = current.get();
        if (connection == null) {
            return;
        }
        if (connection.body == null) {
            drain(connection.reader);
        } else {
            connection.body.stopReading(DRAIN_TIME, () -> drain(connection.reader));
        }
    }

    private void drain(DataReader reader) {
        Deadline deadline = deadlines.start(DRAIN_TIME);
        try {
            dropAll(reader);
        } catch (RuntimeException _) {
            // The connection ended, or the time is up: either way there is nobody left to tell.
        } finally {
            deadlines.end(deadline);
        }
    }

    /** Drops input until the connection ends or a maximum number of bytes has arrived. */
    static void dropAll(DataReader reader) {
        int dropped = 0;
        int sliceEnd = Carriers.SLICE_BYTES;
        while (dropped < DRAIN_BYTES) {
            int available = reader.available();
            reader.skip(available);
            dropped += available;
            if (dropped > sliceEnd) {
                sliceEnd = dropped + Carriers.SLICE_BYTES;
                Carriers.giveWay();
            }
            reader.pullData();
        }
    }
}
