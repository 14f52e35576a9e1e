package dev.sluice.ingest;

import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.ingest.feed.FeedLimits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;

/**
 * A running ingest-api with a log of its own and a writer of project 7, who posts unless another token is given.
 *
 * @param log where submissions go
 * @param writer the writer's token
 * @param server the server
 */
record IngestUnderTest(LogUnderTest log, TokenText writer, RunningIngest server) implements AutoCloseable {

    static IngestUnderTest of(Class<?> test) {
        return of(test, config -> config, HttpConfig.defaults());
    }

    static IngestUnderTest of(Class<?> test, UnaryOperator<IngestConfig> config, HttpConfig http) {
        LogUnderTest log = LogUnderTest.create(test);
        TokenText writer = log.token(Role.WRITER);
        return new IngestUnderTest(log, writer, new RunningIngest(config.apply(log.config()), http).awaitReady());
    }

    /** Makes another token, which the server knows already. */
    TokenText token(Role role) {
        TokenText token = log.token(role);
        await().until(() -> server.post(token, "").statusCode() != 401);
        return token;
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return server.post(writer, body, headers);
    }

    HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        return server.post(RunningIngest.SESSIONS, writer, body);
    }

    HttpResponse<String> postTo(String path, String body, String... headers) throws IOException, InterruptedException {
        return server.post(path, writer, BodyPublishers.ofString(body), headers);
    }

    /** Posts a feed; {@code query} starts with a question mark or is empty. */
    HttpResponse<String> feed(String query, byte[] body, String... headers) throws IOException, InterruptedException {
        return server.feed(writer, query, BodyPublishers.ofByteArray(body), headers);
    }

    /** The head of a feed, as a client without an HTTP library sends it. */
    String feedHead(String query, String headers) {
        return RunningIngest.feedHead(writer, query, headers);
    }

    @Override
    public void close() {
        server.close();
    }

    static IngestConfig withFeeds(IngestConfig config, FeedLimits feeds) {
        return new IngestConfig(config.log(), config.ackTimeout(), feeds, config.heap());
    }
}
