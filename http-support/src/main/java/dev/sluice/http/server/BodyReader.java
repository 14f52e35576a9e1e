package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Reads whole bodies within the limits of length, time and of what all together may hold in memory. */
final class BodyReader {

    private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(1);
    private static final byte[] EMPTY = {};
    // To check a body of nothing but short names takes some twelve times its length. Small ones do not matter.
    private static final int LARGE = 64 * 1024;
    private static final int CHECKING = 6;

    private final HttpLimits limits;
    private final ByteBudget budget;
    private final ByteBudget checking;
    private final Deadlines deadlines;
    private final ConnectionGuard connections;
    private final Responder responder;

    BodyReader(
            HttpLimits limits,
            ByteBudget budget,
            Deadlines deadlines,
            ConnectionGuard connections,
            Responder responder) {
        this.limits = limits;
        this.budget = budget;
        this.checking = new ByteBudget(limits.bodyBudgetBytes());
        this.deadlines = deadlines;
        this.connections = connections;
        this.responder = responder;
    }

    /**
     * Reads it.
     *
     * @return the bytes; their length is taken of the budget until {@link #giveBack}
     * @throws ProblemException 400, 413, 415 or 503
     * @throws CloseConnectionException if the client has gone, or was answered 408
     */
    byte[] read(ServerRequest request, ServerResponse response, String requestId) {
        refuseEncoded(request);
        if (request.headers().contains(ConnectionGuard.OVERSIZED)) {
            throw tooLarge();
        }
        boolean chunked = connections.body().isPresent();
        if (!chunked && !request.content().hasEntity()) {
            return EMPTY;
        }
        OptionalLong declared =
                chunked ? OptionalLong.empty() : request.headers().contentLength();
        // What a body in chunks takes is not known before it is there.
        long taken = declared.orElse(limits.maxBodyBytes());
        if (!budget.take(taken, WAIT_FOR_MEMORY)) {
            throw tooMuch();
        }
        byte[] body = EMPTY;
        try {
            body = readInTime(request, response, requestId, declared);
        } finally {
            budget.giveBack(taken, body.length);
        }
        if (body.length > LARGE && !checking.takeAtMostAll((long) CHECKING * body.length, WAIT_FOR_MEMORY)) {
            budget.giveBack(body.length, 0);
            throw tooMuch();
        }
        return body;
    }

    /** Gives back what a body took. */
    void giveBack(byte[] body) {
        budget.giveBack(body.length, 0);
        if (body.length > LARGE) {
            checking.giveBackAtMostAll((long) CHECKING * body.length);
        }
    }

    private byte[] readInTime(ServerRequest request, ServerResponse response, String requestId, OptionalLong declared) {
        Problem late = new Problem(
                408,
                "The body did not arrive within " + limits.bodyTimeout().toSeconds()
                        + " s. Nothing was accepted: it can be sent again at once.");
        Deadline deadline =
                deadlines.start(limits.bodyTimeout(), () -> responder.interject(response, requestId, Answer.of(late)));
        try {
            InputStream stream = connections
                    .body()
                    .<InputStream>map(chunked -> chunked)
                    .orElseGet(() -> request.content().inputStream());
            byte[] body = readAll(stream, declared);
            if (deadlines.end(deadline)) {
                return body;
            }
        } catch (StreamedBody.TooLongException _) {
            if (deadlines.end(deadline)) {
                throw tooLarge();
            }
        } catch (ProtocolException _) {
            if (deadlines.end(deadline)) {
                throw new ProblemException(new Problem(400, "The body's chunks are malformed."));
            }
        } catch (IOException | UncheckedIOException | CloseConnectionException | InsufficientDataAvailableException e) {
            if (deadlines.end(deadline)) {
                throw new CloseConnectionException("The client has gone", e);
            }
        }
        throw new CloseConnectionException("The body did not arrive in time");
    }

    private static byte[] readAll(InputStream stream, OptionalLong declared) throws IOException {
        if (declared.isEmpty()) {
            return stream.readAllBytes();
        }
        byte[] body = new byte[Math.toIntExact(declared.getAsLong())];
        int read = stream.readNBytes(body, 0, body.length);
        // Only at its end does the stream count as consumed, which keeps the connection open for the next request.
        if (read < body.length || stream.read() >= 0) {
            throw new IOException("The body has another length than was declared");
        }
        return body;
    }

    private static void refuseEncoded(ServerRequest request) {
        for (String encoding : request.headers().all(HeaderNames.CONTENT_ENCODING, List::of)) {
            if (!encoding.strip().equalsIgnoreCase("identity")) {
                throw new ProblemException(new Problem(
                        415, "Unsupported content encoding \"" + MediaTypes.quotable(encoding) + "\" in request."));
            }
        }
    }

    private static ProblemException tooMuch() {
        return Problems.unavailable("Too much is being submitted at the moment. Try again shortly.");
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.tooLarge("The body is too large: expected at most " + limits.maxBodyBytes() + " bytes."));
    }
}
