package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.http.access.AccessTokens;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.api.StreamRequest;
import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of an authorized request one whose body is read as it comes. */
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

    /**
     * Has a stream handled.
     *
     * @throws CloseConnectionException if an answer that has begun cannot be completed
     */
    Optional<Answer> handle(StreamHandler handler, Exchange exchange, ServerResponse response, String requestId) {
        Streamed streamed = of(exchange, response, requestId);
        try {
            return handler.handle(streamed);
        } catch (RuntimeException e) {
            if (!streamed.answering) {
                throw e;
            }
            if (isConnectionsEnd(e)) {
                LOG.info("The answer to request {} was not completed: its client has left", requestId);
            } else {
                LOG.warn("The answer to request {} was not completed", requestId, e);
            }
            throw new CloseConnectionException("The answer cannot be completed", e);
        }
    }

    /** Whether it is the connection that failed, which a client ends whenever it likes, and nothing of ours. */
    static boolean isConnectionsEnd(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof CloseConnectionException || cause instanceof SocketException);
    }

    private Streamed of(Exchange exchange, ServerResponse response, String requestId) {
        InputStream stream = connections.body().<InputStream>map(body -> body).orElseGet(InputStream::nullInputStream);
        return new Streamed(exchange, response, requestId, stream);
    }

    private final class Streamed implements StreamRequest {

        private final Exchange exchange;
        private final ServerResponse response;
        private final String requestId;
        private final InputStream stream;
        private final Held memory;
        private boolean answering;

        private Streamed(Exchange exchange, ServerResponse response, String requestId, InputStream stream) {
            this.exchange = exchange;
            this.response = response;
            this.requestId = requestId;
            this.stream = stream;
            this.memory = budget.of(exchange.caller().id());
        }

        @Override
        public InputStream stream() {
            return stream;
        }

        @Override
        public OutputStream answer(int status, String mediaType) {
            answering = true;
            return responder.begin(response, requestId, status, mediaType);
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
        public Duration takeOfQuota(int sessions, long bytes) {
            return exchange.takeOfQuota(sessions, bytes);
        }

        @Override
        public boolean granted() {
            return tokens.stillGrants(exchange.caller());
        }

        @Override
        public boolean stopping() {
            return stopping.getAsBoolean();
        }

        @Override
        public AccessToken caller() {
            return exchange.caller();
        }

        @Override
        public String requestId() {
            return requestId;
        }

        @Override
        public long project() {
            return exchange.project();
        }

        @Override
        public long id(String parameter) {
            return exchange.id(parameter);
        }

        @Override
        public String task() {
            return exchange.task();
        }

        @Override
        public Optional<String> query(String parameter) {
            return exchange.query(parameter);
        }

        @Override
        public Optional<String> header(String name) {
            return exchange.header(name);
        }

        @Override
        public byte[] body() {
            throw new UnsupportedOperationException("a stream is not held as a whole");
        }

        @Override
        public String baseUrl() {
            return exchange.baseUrl();
        }

        @Override
        public String pathAndQuery() {
            return exchange.pathAndQuery();
        }
    }
}
