package dev.sluice.http.server;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.server.Responder.Ending;
import java.util.concurrent.Semaphore;

/** Limits how many responses that need no token are sent at a time, so that slow readers cannot fill the memory. */
final class BoundedAnswers {

    private static final Answer BUSY = ProblemException.unavailable(
                    "Too many requests at the moment. Try again shortly.")
            .answer();

    private final Responder responder;
    private final Semaphore slots;

    BoundedAnswers(Responder responder, int slots) {
        this.responder = responder;
        this.slots = new Semaphore(slots);
    }

    Ending send(Call call, Answer answer) {
        if (!slots.tryAcquire()) {
            return responder.send(call, BUSY);
        }
        try {
            return responder.send(call, answer);
        } finally {
            slots.release();
        }
    }
}
