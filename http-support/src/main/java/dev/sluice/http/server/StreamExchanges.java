package dev.sluice.http.server;

import dev.sluice.http.access.AccessTokens;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.api.StreamRequest;
import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import dev.sluice.service.failure.FatalErrors;
import io.helidon.webserver.CloseConnectionException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives handlers of streams an authorized request whose body is read as it arrives. */
final class StreamExchanges {

    private static final Logger LOG = LoggerFactory.getLogger(StreamExchanges.class);

    private final HttpLimits limits;
    private final ByteBudget budget;
    private final ConnectionGuard connections;
    private final Responder responder;
    private final AccessTokens tokens;
    private final BooleanSupplier stopping;

    StreamExchanges(
            HttpLimits limits,
            ByteBudget budget,
            ConnectionGuard connections,
            Responder responder,
            AccessTokens tokens,
            BooleanSupplier stopping) {
        this.limits = limits;
        this.budget = budget;
        this.connections = connections;
        this.responder = responder;
        this.tokens = tokens;
        this.stopping = stopping;
    }

    /** @throws CloseConnectionException if a response that has begun cannot be completed */
    void handle(StreamHandler handler, Exchange exchange) {
        Streamed streamed = new Streamed(exchange);
        String requestId = exchange.requestId();
        try {
            handler.handle(streamed);
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            if (!streamed.answering) {
                throw e;
            }
            if (isConnectionsEnd(e)) {
                LOG.info("The answer to request {} was not completed: its client has left or does not read", requestId);
            } else {
                LOG.warn("The answer to request {} was not completed", requestId, e);
            }
            throw new CloseConnectionException("The answer cannot be completed", e);
        }
    }

    /** Returns whether the connection failed, which a client may close at any time, rather than something of ours. */
    static boolean isConnectionsEnd(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof CloseConnectionException || cause instanceof SocketException);
    }

    private final class Streamed implements StreamRequest {

        private final Exchange exchange;
        private final InputStream stream;
        private final Held memory;
        private boolean answering;

        private Streamed(Exchange exchange) {
            this.exchange = exchange;
            this.stream = connections.body().<InputStream>map(body -> body).orElseGet(InputStream::nullInputStream);
            this.memory = budget.of(exchange.caller().id());
        }

        @Override
        public ApiRequest request() {
            return exchange;
        }

        @Override
        public InputStream stream() {
            return stream;
        }

        @Override
        public void answer(Answer answer) {
            answering = true;
            responder.interject(exchange.call(), answer);
        }

        @Override
        public OutputStream answer(int status, String mediaType) {
            answering = true;
            return responder.begin(exchange.call(), status, mediaType);
        }

        @Override
        public Duration patience() {
            return limits.bodyTimeout();
        }

        @Override
        public int longestPiece() {
            return limits.maxBodyBytes();
        }

        @Override
        public boolean takeMemory(long bytes, Duration within) {
            return memory.growTo(memory.bytes() + bytes, within) == Outcome.TAKEN;
        }

        @Override
        public void giveBackMemory(long bytes) {
            memory.shrinkTo(Math.max(0, memory.bytes() - bytes));
        }

        @Override
        public Duration takeOfQuota(long bytes) {
            return exchange.takeOfQuota(bytes);
        }

        @Override
        public boolean granted() {
            return tokens.stillGrants(exchange.caller());
        }

        @Override
        public boolean stopping() {
            return stopping.getAsBoolean();
        }
    }
}
