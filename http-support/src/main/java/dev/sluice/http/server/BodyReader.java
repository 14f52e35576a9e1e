package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.Deadlines.Deadline;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.OptionalLong;

/** Reads whole bodies within the limits of length, time and memory for all bodies together. */
final class BodyReader {

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
        this.checking = new ByteBudget(limits.bodyBudgetBytes(), limits.bodyBudgetBytes());
        this.deadlines = deadlines;
        this.connections = connections;
        this.responder = responder;
    }

    /**
     * The body holds its memory, of the caller's share, until it is closed. Throws {@link ProblemException}, or {@link
     * CloseConnectionException} if the client has gone or was sent a 408.
     */
    ReceivedBody read(Call call, String caller) {
        ServerRequest request = call.request();
        refuseEncoded(request);
        if (connections.isOversized()) {
            throw tooLarge();
        }
        if (connections.body().filter(StreamedBody::isStream).isPresent()) {
            throw new IllegalStateException("a stream is not held as a whole");
        }
        OptionalLong declared = declaredLength(request);
        ReceivedBody body = new ReceivedBody(budget.of(caller), checking.of(caller), declared, limits.maxBodyBytes());
        if (declared.isPresent() && !request.content().hasEntity()) {
            return body;
        }
        try {
            body.begin();
            readInTime(body, call);
            body.makeRoomForChecking();
            return body;
        } catch (ReceivedBody.NoMemoryException e) {
            body.close();
            throw new ProblemException(e.answer());
        } catch (RuntimeException | Error e) {
            body.close();
            throw e;
        }
    }

    /** The declared length of a body that is read whole: zero if it is refused unread, empty if it is chunked or a stream. */
    OptionalLong declaredLength(ServerRequest request) {
        if (connections.body().isPresent()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                connections.isOversized()
                        ? 0
                        : request.headers().contentLength().orElse(0));
    }

    private void readInTime(ReceivedBody body, Call call) {
        Problem late = new Problem(
                408,
                "The body did not arrive within " + limits.bodyTimeout().toSeconds()
                        + " s. Nothing was accepted: it can be sent again at once.");
        Deadline deadline = deadlines.start(limits.bodyTimeout(), () -> responder.interject(call, Answer.of(late)));
        RuntimeException refusal = null;
        boolean inTime;
        try {
            body.readAll(stream(call));
        } catch (IOException | UncheckedIOException | CloseConnectionException | InsufficientDataAvailableException e) {
            refusal = refusal(e);
        } finally {
            inTime = deadlines.end(deadline);
        }
        if (!inTime) {
            throw new CloseConnectionException("The body did not arrive in time");
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private InputStream stream(Call call) {
        return connections
                .body()
                .<InputStream>map(chunked -> chunked)
                .orElseGet(() -> call.request().content().inputStream());
    }

    private RuntimeException refusal(Exception failure) {
        return switch (failure) {
            case ReceivedBody.NoMemoryException none -> new ProblemException(none.answer());
            case StreamedBody.TooLongException _ -> tooLarge();
            case ProtocolException _ -> new ProblemException(new Problem(400, "The body's chunks are malformed."));
            default -> new CloseConnectionException("The client has gone", failure);
        };
    }

    private static void refuseEncoded(ServerRequest request) {
        for (String encoding : request.headers().all(HeaderNames.CONTENT_ENCODING, List::of)) {
            if (!encoding.strip().equalsIgnoreCase("identity")) {
                throw new ProblemException(new Problem(
                        415, "Unsupported content encoding \"" + MediaTypes.quotable(encoding) + "\" in request."));
            }
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.tooLarge("The body is too large: expected at most " + limits.maxBodyBytes() + " bytes."));
    }
}
