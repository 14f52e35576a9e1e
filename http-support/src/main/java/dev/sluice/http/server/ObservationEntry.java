package dev.sluice.http.server;

import dev.sluice.http.api.Answer;
import dev.sluice.http.observe.Observations;
import dev.sluice.http.server.Responder.Ending;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Says how the service is, whatever the API is busy with; metrics to so many at a time that slow readers of them cannot fill the memory. */
final class ObservationEntry {

    // Each may hold some 300 kB, twice.
    private static final int MAX_SCRAPES = 32;

    private final Semaphore scrapes = new Semaphore(MAX_SCRAPES);
    private final Observations observations;
    private final Responder responder;

    ObservationEntry(Observations observations, Responder responder) {
        this.observations = observations;
        this.responder = responder;
    }

    /** Answers a request for health or metrics; false, and nothing done, if it is for something else. */
    boolean handles(ServerRequest request, ServerResponse response, String requestId, String path) {
        Method method = request.prologue().method();
        if (path.equals(Observations.METRICS)) {
            responder.end(metrics(request, response, requestId, method));
            return true;
        }
        Optional<Answer> answer = observations.answer(method, path);
        answer.ifPresent(health -> responder.end(responder.send(request, response, requestId, health)));
        return answer.isPresent();
    }

    private Ending metrics(ServerRequest request, ServerResponse response, String requestId, Method method) {
        // Those who wait for it hold nothing.
        Answer answer = observations.answer(method, Observations.METRICS).orElseThrow();
        if (!scrapes.tryAcquire()) {
            Answer busy = Problems.unavailable("Too many requests at the moment. Try again shortly.")
                    .answer();
            return responder.send(request, response, requestId, busy);
        }
        try {
            return responder.send(request, response, requestId, answer);
        } finally {
            scrapes.release();
        }
    }
}
