package dev.sluice.test.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An action on certain messages, until it is removed. Thread-safe. */
public final class Hook {

    private final String request;
    private final Moment moment;
    private final int from;
    private final int times;
    private final Action action;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger happened = new AtomicInteger();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile boolean removed;

    /**
     * @param request the request's name, or its beginning
     * @param from the first matching message to act on, counted from 1
     * @param times the maximum number of actions
     */
    Hook(String request, Moment moment, int from, int times, Action action) {
        this.request = request;
        this.moment = moment;
        this.from = from;
        this.times = times;
        this.action = action;
    }

    public int happened() {
        return happened.get();
    }

    /** Completes when the action has run for the first time, exceptionally if it threw. */
    public CompletableFuture<Void> first() {
        return first;
    }

    public void remove() {
        removed = true;
    }

    Then at(Moment now, Message message) {
        if (removed || now != moment || !message.request().startsWith(request)) {
            return Then.PASS;
        }
        int number = seen.incrementAndGet();
        if (number < from || number - from >= times) {
            return Then.PASS;
        }
        happened.incrementAndGet();
        try {
            Then then = action.at(message);
            first.complete(null);
            return then;
        } catch (Exception | AssertionError e) {
            first.completeExceptionally(e);
            return Then.CUT;
        }
    }
}
