package dev.sluice.http.server;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.docs.Documentation;
import dev.sluice.http.observe.Observations;
import dev.sluice.http.server.ResourcePaths.Match;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request comes through here: observability and documentation to those who ask for them, the API within its limit of requests at a
 * time, 404 else.
 */
final class RequestEntry implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEntry.class);

    // Each holds up to 3 MB while its reader takes them, so that slow readers cannot fill the memory.
    private static final int MAX_DOCUMENTATION_REQUESTS = 16;

    private final ApiEntry api;
    private final Observations observations;
    private final Documentation documentation;
    private final Responder responder;
    private final RequestMetrics metrics;
    private final Semaphore requests;
    private final Semaphore documentationRequests = new Semaphore(MAX_DOCUMENTATION_REQUESTS);

    RequestEntry(
            ApiEntry api,
            Observations observations,
            Documentation documentation,
            Responder responder,
            RequestMetrics metrics,
            Semaphore requests) {
        this.api = api;
        this.observations = observations;
        this.documentation = documentation;
        this.responder = responder;
        this.metrics = metrics;
        this.requests = requests;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String requestId = RequestId.of(request.headers());
        String path = request.prologue().uriPath().rawPath();
        if (path.startsWith("/api/")) {
            handleApi(request, response, requestId);
        } else if (documentation.has(path)) {
            handleDocumentation(request, response, requestId, path);
        } else {
            Answer answer = observations
                    .answer(request.prologue().method(), path)
                    .orElseGet(() -> Answer.of(Problem.NOT_FOUND));
            responder.respond(request, response, requestId, answer);
        }
    }

    private void handleApi(ServerRequest request, ServerResponse response, String requestId) {
        long start = System.nanoTime();
        Optional<Match> match = api.match(request);
        if (!requests.tryAcquire()) {
            responder.respond(request, response, requestId, tooManyRequests());
            return;
        }
        try {
            Answer answer = answer(request, response, requestId, match);
            responder.respond(request, response, requestId, answer);
        } finally {
            requests.release();
            metrics.record(match, request.prologue().method(), response.status().code(), System.nanoTime() - start);
        }
    }

    private void handleDocumentation(ServerRequest request, ServerResponse response, String requestId, String path) {
        if (!documentationRequests.tryAcquire()) {
            responder.respond(request, response, requestId, tooManyRequests());
            return;
        }
        try {
            Answer answer = documentation
                    .answer(request.prologue().method(), path, request.headers())
                    .orElseGet(() -> Answer.of(Problem.NOT_FOUND));
            responder.respond(request, response, requestId, answer);
        } finally {
            documentationRequests.release();
        }
    }

    private static Answer tooManyRequests() {
        return Problems.unavailable("Too many requests at the moment. Try again shortly.")
                .answer();
    }

    private Answer answer(ServerRequest request, ServerResponse response, String requestId, Optional<Match> match) {
        try {
            return api.answer(request, response, requestId, match);
        } catch (ProblemException e) {
            return e.answer();
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "Request {} failed: {} of {}",
                    requestId,
                    MediaTypes.quotable(request.prologue().method().text()),
                    match.map(found -> found.resource().path()).orElse("nothing that exists"),
                    e);
            return Answer.of(Problems.SERVER_ERROR);
        }
    }
}
