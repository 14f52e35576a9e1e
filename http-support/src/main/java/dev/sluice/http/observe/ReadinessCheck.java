package dev.sluice.http.observe;

import java.util.function.Supplier;

/**
 * One condition of a service's readiness.
 *
 * @param name short, in lower case with dashes
 * @param state called on every readiness request; must return immediately
 */
public record ReadinessCheck(String name, Supplier<State> state) {

    /**
     * The state of a condition.
     *
     * @param ready whether requests can be served
     * @param detail for people: why not, or what is ready
     * @param needsSomebody whether it stays this way until somebody acts
     */
    public record State(boolean ready, String detail, boolean needsSomebody) {

        /** A state that may change by itself. */
        public State(boolean ready, String detail) {
            this(ready, detail, false);
        }

        /** Not ready, and waiting does not help. */
        public static State untilSomebodyActs(String detail) {
            return new State(false, detail, true);
        }
    }
}
