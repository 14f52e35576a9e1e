package dev.sluice.http.server;

import dev.sluice.contract.thread.Carriers;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.Deadlines.Deadline;
import dev.sluice.http.share.Shares.Outcome;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends responses with the headers common to all, and leaves the connection fit for the next request: an unread
 * body is dropped if it is short, otherwise the connection is closed in a way that lets the client still receive
 * the response.
 */
final class Responder {

    static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private static final byte[] NOTHING = {};
    private static final Answer ACCEPTED_BUT_NO_MEMORY = ProblemException.unavailable(
                    "The submission was accepted, but there is no memory for the answer at the moment. A retry with the same"
                            + " Idempotency-Key is safe; without one it may be stored twice.")
            .answer();
    private static final Duration DROP_TIME = Duration.ofSeconds(2);
    private static final long DROPPED_BYTES = 64 * 1024;
    private static final int LARGE = 64 * 1024;

    private final Deadlines deadlines;
    private final ConnectionGuard connections;
    private final AnswerMemory memory;
    private final Duration answerTimeout;
    private final ServerLife life;

    /** {@code memory}: for the API's large responses. Other responses are limited in number. */
    Responder(
            Deadlines deadlines,
            ConnectionGuard connections,
            AnswerMemory memory,
            Duration answerTimeout,
            ServerLife life) {
        this.deadlines = deadlines;
        this.connections = connections;
        this.memory = memory;
        this.answerTimeout = answerTimeout;
        this.life = life;
    }

    /** What remains to be done once the response is sent. */
    enum Ending {
        /** The next request may arrive. */
        KEEP,
        /** The connection closes. */
        CLOSE,
        /** The client may still be sending: it gets a while to finish, then the connection closes. */
        DRAIN_AND_CLOSE
    }

    /** Sends a response that is short, or one of a limited number. The remaining work may take a while, and is left to {@link #end}. */
    Ending send(Call call, Answer answer) {
        return send(call, () -> write(call, answer));
    }

    /** Like {@link #send(Call, Answer)}, for a response of any length, which uses the caller's share of the memory. */
    Ending send(Call call, String caller, Answer answer) {
        return send(call, () -> writeWithinMemory(call, caller, answer));
    }

    private Ending send(Call call, Runnable write) {
        ServerRequest request = call.request();
        Optional<StreamedBody> taken = connections.body();
        boolean unread = taken.map(body -> !body.isAtItsEnd())
                .orElseGet(
                        () -> !request.content().consumed() && request.content().hasEntity());
        boolean droppable = unread && taken.isEmpty() && isShort(request);
        boolean leftOver = unread && !droppable;
        // A stream lasts so long that the next request may as well use a new connection.
        boolean last = leftOver
                || taken.filter(StreamedBody::isStream).isPresent()
                || isLastOfClient(request.headers())
                || connections.isCrowded()
                || life.isLeaving();
        if (last) {
            call.response().header(HeaderValues.CONNECTION_CLOSE);
        }
        write.run();
        if (droppable) {
            drop(request);
        }
        if (leftOver) {
            return Ending.DRAIN_AND_CLOSE;
        }
        return last ? Ending.CLOSE : Ending.KEEP;
    }

    // Helidon uses a stream to look for a token in a header that is absent.
    private static boolean isLastOfClient(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION) && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /**
     * @throws CloseConnectionException to make Helidon close the connection; otherwise it would read the rest of a body
     * as a request
     */
    void end(Ending ending) {
        switch (ending) {
            case KEEP -> {
                connections.answered();
                return;
            }
            case DRAIN_AND_CLOSE -> connections.drain();
            case CLOSE -> {}
        }
        throw new CloseConnectionException("The connection ends with this answer");
    }

    /** Begins a response that is written in pieces and closes the connection at its end. */
    OutputStream begin(Call call, int status, String mediaType) {
        ServerResponse response = call.response();
        setHead(call, status, HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType));
        response.header(HeaderValues.CONNECTION_CLOSE);
        return new TimedOutput(response.outputStream(), deadlines, answerTimeout, () -> complete(response));
    }

    // Helidon completes a response after its handler returns, which does not happen if the handler ends the connection.
    private static void complete(ServerResponse response) {
        if (response instanceof RoutingResponse routed) {
            routed.commit();
        }
    }

    /** What remains to be done after a response that was written in pieces. */
    Ending afterStream() {
        return connections.body().map(StreamedBody::isAtItsEnd).orElse(true) ? Ending.CLOSE : Ending.DRAIN_AND_CLOSE;
    }

    /** Sends a response at once, from whatever thread. The connection must be closed afterwards. */
    void interject(Call call, Answer answer) {
        call.response().header(HeaderValues.CONNECTION_CLOSE);
        write(call, answer);
    }

    // A client that does not read holds its response in memory until the write times out.
    private void writeWithinMemory(Call call, String caller, Answer answer) {
        int length = answer.body().length;
        if (length <= LARGE) {
            write(call, answer);
            return;
        }
        Outcome outcome = memory.within(caller, length, () -> write(call, answer));
        if (outcome != Outcome.TAKEN) {
            write(call, noMemory(outcome, call.method(), answer));
        }
    }

    private static Answer noMemory(Outcome outcome, Method method, Answer answer) {
        boolean isDone = method.equals(Method.POST) && answer.status() < 400;
        return isDone ? ACCEPTED_BUT_NO_MEMORY : Problems.noMemory(outcome, "read");
    }

    private void write(Call call, Answer answer) {
        ServerResponse response = call.response();
        setHead(call, answer.status(), JSON);
        answer.headers().forEach(response::header);
        byte[] body = answer.body();
        if (call.method().equals(Method.HEAD)) {
            response.contentLength(body.length);
            body = NOTHING;
        }
        Deadline deadline = deadlines.start(answerTimeout);
        boolean inTime;
        try {
            if (body.length <= Carriers.SLICE_BYTES) {
                response.send(body);
            } else {
                sendInSlices(response, body);
            }
        } finally {
            inTime = deadlines.end(deadline);
        }
        if (!inTime) {
            throw new CloseConnectionException("The answer was not taken in time");
        }
    }

    /** Lets others run in between: a thread that waits until the socket takes more comes before those that wait for Kafka. */
    private static void sendInSlices(ServerResponse response, byte[] body) {
        response.contentLength(body.length);
        try (OutputStream out = response.outputStream()) {
            for (int from = 0; from < body.length; from += Carriers.SLICE_BYTES) {
                out.write(body, from, Math.min(Carriers.SLICE_BYTES, body.length - from));
                Carriers.giveWay();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        complete(response);
    }

    private static void setHead(Call call, int status, Header contentType) {
        ServerResponse response = call.response();
        response.status(Status.create(status));
        response.header(contentType);
        response.header(NO_SNIFF);
        if (call.isOfApi()) {
            response.header(NO_STORE);
        }
        response.header(HeaderValues.create(Call.REQUEST_ID, call.id()));
    }

    private boolean isShort(ServerRequest request) {
        OptionalLong length = request.headers().contentLength();
        return request.continueSent()
                && length.isPresent()
                && length.getAsLong() <= DROPPED_BYTES
                && !connections.isOversized();
    }

    private void drop(ServerRequest request) {
        Deadline deadline = deadlines.start(DROP_TIME);
        try (InputStream body = request.content().inputStream()) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | RuntimeException e) {
            deadlines.end(deadline);
            throw new CloseConnectionException("The rest of the request did not arrive", e);
        }
        if (!deadlines.end(deadline)) {
            throw new CloseConnectionException("The rest of the request did not arrive in time");
        }
    }
}
