package dev.sluice.test.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Actions on messages that pass through a proxy. Thread-safe. */
public final class Hooks {

    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    /**
     * Adds an action that runs once.
     *
     * @param nth the matching message to act on when it reaches {@code moment}, counted from 1 and from now on
     * @param request the request's name, or its beginning
     */
    public Hook at(int nth, String request, Moment moment, Action action) {
        return add(new Hook(request, moment, nth, 1, action));
    }

    /**
     * Adds an action that runs for each matching message.
     *
     * @param request the request's name, or its beginning
     */
    public Hook atEach(String request, Moment moment, Action action) {
        return add(new Hook(request, moment, 1, Integer.MAX_VALUE, action));
    }

    public void clear() {
        hooks.forEach(Hook::remove);
        hooks.clear();
    }

    Then at(Moment moment, Message message) {
        Then first = Then.PASS;
        for (Hook hook : hooks) {
            // Hooks count messages independently of each other.
            Then then = hook.at(moment, message);
            first = first == Then.PASS ? then : first;
        }
        return first;
    }

    private Hook add(Hook hook) {
        hooks.add(hook);
        return hook;
    }
}
