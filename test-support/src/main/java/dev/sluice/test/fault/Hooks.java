package dev.sluice.test.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happens to messages on their way. For many threads. */
public final class Hooks {

    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    /**
     * Something that happens once.
     *
     * @param nth at which such message from now on, counted from 1
     * @param request what is asked, or how that begins
     */
    public Hook at(int nth, String request, Moment moment, Action action) {
        return add(new Hook(request, moment, nth, 1, action));
    }

    /**
     * Something that happens to each such message.
     *
     * @param request what is asked, or how that begins
     */
    public Hook atEach(String request, Moment moment, Action action) {
        return add(new Hook(request, moment, 1, Integer.MAX_VALUE, action));
    }

    /** Removes them all. */
    public void clear() {
        hooks.forEach(Hook::remove);
        hooks.clear();
    }

    Then at(Moment moment, Message message) {
        for (Hook hook : hooks) {
            Then then = hook.at(moment, message);
            if (then != null) {
                return then;
            }
        }
        return Then.PASS;
    }

    private Hook add(Hook hook) {
        hooks.add(hook);
        return hook;
    }
}
