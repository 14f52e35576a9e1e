package dev.sluice.test.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that happens to certain messages, until it is removed. For many threads. */
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
     * @param request what is asked, or how that begins
     * @param from the first such message that it happens to, counted from 1
     * @param times how often it happens at most
     */
    Hook(String request, Moment moment, int from, int times, Action action) {
        this.request = request;
        this.moment = moment;
        this.from = from;
        this.times = times;
        this.action = action;
    }

    /** How often it has happened. */
    public int happened() {
        return happened.get();
    }

    /** Done when it has happened for the first time, with what its action threw if it did. */
    public CompletableFuture<Void> first() {
        return first;
    }

    /** From now on it does not happen any more. */
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
