package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Reads whole bodies within the limits of length, time and of what all together may hold in memory. */
final class BodyReader {

    private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(1);
    private static final byte[] EMPTY = {};

    private final HttpLimits limits;
    private final ByteBudget budget;
    private final Deadlines deadlines;
    private final Responder responder;

    BodyReader(HttpLimits limits, ByteBudget budget, Deadlines deadlines, Responder responder) {
        this.limits = limits;
        this.budget = budget;
        this.deadlines = deadlines;
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
        if (!request.content().hasEntity()) {
            return EMPTY;
        }
        OptionalLong declared = request.headers().contentLength();
        // Helidon hands over a chunk only when it is whole, so what a chunked body takes is not known before it is
        // there.
        long taken = declared.orElse(limits.maxBodyBytes());
        if (!budget.take(taken, WAIT_FOR_MEMORY)) {
            throw Problems.unavailable("Too much is being submitted at the moment. Try again shortly.");
        }
        byte[] body = EMPTY;
        try {
            body = readInTime(request, response, requestId, declared);
        } finally {
            budget.giveBack(taken, body.length);
        }
        return body;
    }

    /** Gives back what a body took. */
    void giveBack(byte[] body) {
        budget.giveBack(body.length, 0);
    }

    private byte[] readInTime(ServerRequest request, ServerResponse response, String requestId, OptionalLong declared) {
        Problem late = new Problem(
                408,
                "The body did not arrive within " + limits.bodyTimeout().toSeconds()
                        + " s. Nothing was accepted: it can be sent again at once.");
        Deadline deadline =
                deadlines.start(limits.bodyTimeout(), () -> responder.interject(response, requestId, Answer.of(late)));
        try {
            byte[] body = readAll(request.content().inputStream(), declared);
            if (deadlines.end(deadline)) {
                return body;
            }
        } catch (RequestException | NumberFormatException | IncorrectNewLineException e) {
            if (deadlines.end(deadline)) {
                throw refusal(e);
            }
        } catch (IOException | UncheckedIOException | CloseConnectionException | InsufficientDataAvailableException e) {
            if (deadlines.end(deadline)) {
                throw new CloseConnectionException("The client has gone", e);
            }
        }
        throw new CloseConnectionException("The body did not arrive in time");
    }

    // What Helidon makes of chunks: one that passes the limit, and one whose length or line cannot be read or
    // overflows.
    private ProblemException refusal(RuntimeException e) {
        return e instanceof RequestException refused && refused.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
                ? tooLarge()
                : new ProblemException(new Problem(400, "The body's chunks are malformed."));
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
        String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(new Problem(
                    415, "Unsupported content encoding \"" + MediaTypes.quotable(encoding) + "\" in request."));
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.tooLarge("The body is too large: expected at most " + limits.maxBodyBytes() + " bytes."));
    }
}
