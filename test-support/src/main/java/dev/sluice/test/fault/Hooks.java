package dev.sluice.test.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happens to messages on their way. For many threads. */
public final class Hooks {

    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    /**
     * Something that happens once.
     *
     * @param nth at which such message that gets as far as {@code moment}, counted from 1 and from now on
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
        Then first = Then.PASS;
        for (Hook hook : hooks) {
            // Each counts for itself, whatever another one does.
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
