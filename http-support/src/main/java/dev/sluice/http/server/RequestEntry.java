package dev.sluice.http.server;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.thread.Carriers;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.docs.Documentation;
import dev.sluice.http.observe.Observations;
import dev.sluice.http.server.ResourcePaths.Match;
import dev.sluice.http.server.Responder.Ending;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.service.failure.FatalErrors;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point of every request: dispatches to the API within its limit of concurrent requests, to documentation,
 * or to health and metrics; anything else gets 404. What is refused, or is no resource of the API, may wait for nothing: so that a flood of
 * it keeps nobody waiting, it lets others run before the connection's next request.
 */
final class RequestEntry implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEntry.class);

    // As nginx counts clients that left before the response.
    private static final int CLIENT_GONE = 499;

    private static final int LEAST_OF_REFUSALS = 400;

    // Each may hold some 300 kB, twice. Requests waiting for metrics to be rendered hold nothing.
    private static final int MAX_SCRAPES = 32;

    // Helidon copies what it sends: each response may hold 3 MB.
    private static final int MAX_DOCUMENTS = 16;
    private static final Answer BUSY = ProblemException.unavailable(
                    "Too many requests at the moment. Try again shortly.")
            .answer();

    private final ApiEntry api;
    private final Observations observations;
    private final Documentation documentation;
    private final Responder responder;
    private final Semaphore scrapes = new Semaphore(MAX_SCRAPES);
    private final Semaphore documents = new Semaphore(MAX_DOCUMENTS);
    private final RequestMetrics metrics;
    private final BusyCallers callers;
    private final SharedSlots requests;

    RequestEntry(
            ApiEntry api,
            Observations observations,
            Documentation documentation,
            Responder responder,
            RequestMetrics metrics,
            BusyCallers callers,
            SharedSlots requests) {
        this.api = api;
        this.observations = observations;
        this.documentation = documentation;
        this.responder = responder;
        this.metrics = metrics;
        this.callers = callers;
        this.requests = requests;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Call call = Call.of(request, response);
        boolean isOfApi = call.isOfApi();
        responder.end(isOfApi ? answerApi(call) : answerOthers(call));
        if (!isOfApi || status(call) >= LEAST_OF_REFUSALS) {
            Carriers.giveWay();
        }
    }

    private Ending answerOthers(Call call) {
        Optional<Answer> document = documentation.answer(call.method(), call.path());
        if (document.isPresent()) {
            return sendOneOfFew(call, document.get(), documents);
        }
        Answer answer = observations.answer(call.method(), call.path()).orElseGet(() -> Answer.of(Problem.NOT_FOUND));
        return call.path().equals(Observations.METRICS)
                ? sendOneOfFew(call, answer, scrapes)
                : responder.send(call, answer);
    }

    // Slow readers without a token must not fill the memory.
    private Ending sendOneOfFew(Call call, Answer answer, Semaphore slots) {
        if (!slots.tryAcquire()) {
            return responder.send(call, BUSY);
        }
        try {
            return responder.send(call, answer);
        } finally {
            slots.release();
        }
    }

    private Ending answerApi(Call call) {
        long start = System.nanoTime();
        Optional<Match> match = api.match(call.path());
        try {
            return answerCaller(call, match, start);
        } finally {
            metrics.record(match, call.method(), status(call), System.nanoTime() - start);
        }
    }

    private static int status(Call call) {
        ServerResponse response = call.response();
        return response.isSent() ? response.status().code() : CLIENT_GONE;
    }

    // Authentication needs only the headers and memory, so nothing can take long before it is known whose slot the
    // request occupies.
    private Ending answerCaller(Call call, Optional<Match> match, long start) {
        AccessToken caller;
        try {
            caller = api.authenticate(call.headers());
        } catch (ProblemException e) {
            return responder.send(call, e.answer());
        }
        try {
            return requests.within(
                    caller.id(),
                    () -> answer(call, match, caller)
                            .map(answer -> responder.send(call, caller.id(), answer))
                            .orElseGet(responder::afterStream));
        } catch (ProblemException e) {
            return responder.send(call, e.answer());
        } finally {
            callers.record(caller.id(), status(call), System.nanoTime() - start);
        }
    }

    private Optional<Answer> answer(Call call, Optional<Match> match, AccessToken caller) {
        try {
            return api.answer(call, match, caller);
        } catch (ProblemException e) {
            return Optional.of(e.answer());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            LOG.error(
                    "Request {} failed: {} of {}",
                    call.id(),
                    MediaTypes.quotable(call.method().text()),
                    match.map(found -> found.resource().path()).orElse("nothing that exists"),
                    e);
            return Optional.of(Answer.of(Problems.SERVER_ERROR, AnswerHeaders.RETRY_LATER));
        }
    }
}
