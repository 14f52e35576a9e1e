package dev.sluice.http.share;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Units of a resource that all callers share. A caller is granted more as long as what it already holds is at
 * most what would then remain free: one caller alone gets half, the next one half of the rest, and so on, and a
 * caller that holds nothing gets whatever is free. A caller's own requests wait in order; waiting callers take
 * turns. Thread-safe.
 */
public final class Shares {

    private final ReentrantLock lock = new ReentrantLock();
    // Contains only callers that hold or wait for something; otherwise it would grow without bound.
    private final Map<String, Caller> callers = new HashMap<>();
    private final Deque<Caller> waiting = new ArrayDeque<>();
    private final IntSupplier all;
    private int taken;

    public Shares(int all) {
        this(() -> all);
        if (all < 1) {
            throw new IllegalArgumentException("There are " + all + " units to share: expected at least 1");
        }
    }

    /**
     * Shares a changing number of units, which is read within a lock. Waiting callers notice an increase at the next
     * {@link #giveBack}.
     */
    public Shares(IntSupplier all) {
        this.all = all;
    }

    public enum Outcome {
        TAKEN,
        /** Enough units are free, but not for a caller that holds as much as this one. */
        OWN_TAKEN,
        ALL_TAKEN
    }

    private static final class Caller {
        private final Deque<Wish> wishes = new ArrayDeque<>(1);
        private int held;

        private boolean isIdle() {
            return held == 0 && wishes.isEmpty();
        }
    }

    private static final class Wish {
        private final int own;
        private final int more;
        private final Condition served;
        private boolean isServed;

        private Wish(int own, int more, Condition served) {
            this.own = own;
            this.more = more;
            this.served = served;
        }
    }

    public Outcome take(String caller, int units, Duration within) {
        return take(caller, 0, units, within);
    }

    /**
     * Takes more units, or none; zero {@code within} does not wait. {@code own}: the units that this request itself
     * holds already; they do not count against it, or it could not be completed when few units are left.
     */
    public Outcome take(String caller, int own, int more, Duration within) {
        lock.lock();
        try {
            Caller asking = callers.computeIfAbsent(caller, _ -> new Caller());
            if (asking.wishes.isEmpty() && gives(asking, own, more)) {
                return Outcome.TAKEN;
            }
            if (within.isPositive() && await(asking, own, more, within)) {
                return Outcome.TAKEN;
            }
            forgetIfIdle(caller, asking);
            return more > all.getAsInt() - taken ? Outcome.ALL_TAKEN : Outcome.OWN_TAKEN;
        } finally {
            lock.unlock();
        }
    }

    public void giveBack(String caller, int units) {
        if (units == 0) {
            return;
        }
        lock.lock();
        try {
            Caller holding = callers.get(caller);
            if (holding == null || holding.held < units) {
                throw new IllegalStateException(caller + " gives back " + units + ", which is more than it holds");
            }
            holding.held -= units;
            taken -= units;
            forgetIfIdle(caller, holding);
            serve();
        } finally {
            lock.unlock();
        }
    }

    public int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The number of callers that hold or wait for something. */
    int callers() {
        lock.lock();
        try {
            return callers.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean gives(Caller caller, int own, int more) {
        int left = all.getAsInt() - taken - more;
        // Negative if too little is free; what the caller holds besides its own never is.
        if (caller.held - own > left) {
            return false;
        }
        caller.held += more;
        taken += more;
        return true;
    }

    private boolean await(Caller caller, int own, int more, Duration within) {
        Wish wish = new Wish(own, more, lock.newCondition());
        if (caller.wishes.isEmpty()) {
            waiting.add(caller);
        }
        caller.wishes.add(wish);
        try {
            long left = within.toNanos();
            while (!wish.isServed && left > 0) {
                left = wish.served.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!wish.isServed) {
            giveUp(caller, wish);
        }
        return wish.isServed;
    }

    private void giveUp(Caller caller, Wish wish) {
        caller.wishes.remove(wish);
        if (caller.wishes.isEmpty()) {
            waiting.remove(caller);
        }
        // The requests behind it may need less.
        serve();
    }

    /** Serves waiting callers in turn until none can be granted anything: free units only become fewer. */
    private void serve() {
        int passed = 0;
        while (passed < waiting.size()) {
            Caller next = waiting.remove();
            passed = servesFirst(next) ? 0 : passed + 1;
            if (!next.wishes.isEmpty()) {
                waiting.add(next);
            }
        }
    }

    private boolean servesFirst(Caller caller) {
        Wish first = caller.wishes.element();
        if (!gives(caller, first.own, first.more)) {
            return false;
        }
        caller.wishes.remove();
        first.isServed = true;
        first.served.signal();
        return true;
    }

    private void forgetIfIdle(String name, Caller caller) {
        if (caller.isIdle()) {
            callers.remove(name);
        }
    }
}
