package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.ResourcePaths.Match;
import dev.sluice.http.server.Responder.Ending;
import dev.sluice.http.share.SharedPlaces;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request comes through here: the API within its limit of requests at a time, documentation and observability to those who ask for
 * them, 404 else.
 */
final class RequestEntry implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEntry.class);

    // As nginx counts those that went away before they were answered.
    private static final int CLIENT_GONE = 499;

    private final RefusedDeeds refusedDeeds = new RefusedDeeds();
    private final ApiEntry api;
    private final ObservationEntry observations;
    private final DocumentationEntry documentation;
    private final Responder responder;
    private final RequestMetrics metrics;
    private final SharedPlaces requests;

    RequestEntry(
            ApiEntry api,
            ObservationEntry observations,
            DocumentationEntry documentation,
            Responder responder,
            RequestMetrics metrics,
            SharedPlaces requests) {
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
        if (isOfApi(request)) {
            handleApi(request, response, requestId);
        } else if (!documentation.handles(request, response, requestId, path)
                && !observations.handles(request, response, requestId, path)) {
            responder.end(responder.send(request, response, requestId, Answer.of(Problem.NOT_FOUND)));
        }
    }

    static boolean isOfApi(ServerRequest request) {
        return request.prologue().uriPath().rawPath().startsWith("/api/");
    }

    private void handleApi(ServerRequest request, ServerResponse response, String requestId) {
        long start = System.nanoTime();
        Optional<Match> match = api.match(request);
        Ending ending;
        try {
            ending = answerApi(request, response, requestId, match);
        } finally {
            int status = response.isSent() ? response.status().code() : CLIENT_GONE;
            metrics.record(match, request.prologue().method(), status, System.nanoTime() - start);
        }
        responder.end(ending);
    }

    // Who calls is told by the headers and from memory: nothing can take long before it is known whose the place is.
    private Ending answerApi(ServerRequest request, ServerResponse response, String requestId, Optional<Match> match) {
        AccessToken caller;
        try {
            caller = api.authenticate(request.headers());
        } catch (ProblemException e) {
            return responder.send(request, response, requestId, e.answer());
        }
        try {
            return requests.within(
                    caller.id(),
                    () -> answer(request, response, requestId, match, caller)
                            .map(answer -> send(request, response, requestId, match, caller, answer))
                            .orElseGet(responder::afterStream));
        } catch (ProblemException e) {
            return send(request, response, requestId, match, caller, e.answer());
        }
    }

    private Ending send(
            ServerRequest request,
            ServerResponse response,
            String requestId,
            Optional<Match> match,
            AccessToken caller,
            Answer answer) {
        refusedDeeds.audit(request.prologue().method(), match, caller, requestId, answer);
        return responder.send(request, response, requestId, answer);
    }

    private Optional<Answer> answer(
            ServerRequest request,
            ServerResponse response,
            String requestId,
            Optional<Match> match,
            AccessToken caller) {
        try {
            return api.answer(request, response, requestId, match, caller);
        } catch (ProblemException e) {
            return Optional.of(e.answer());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "Request {} failed: {} of {}",
                    requestId,
                    MediaTypes.quotable(request.prologue().method().text()),
                    match.map(found -> found.resource().path()).orElse("nothing that exists"),
                    e);
            return Optional.of(Answer.of(Problems.SERVER_ERROR, AnswerHeaders.RETRY_LATER));
        }
    }
}
