package dev.sluice.http.observe;

import java.util.function.Supplier;

/**
 * One reason for which a service may not be ready.
 *
 * @param name short, in lower case with dashes
 * @param state asked on every request for readiness; must answer at once
 */
public record ReadinessCheck(String name, Supplier<State> state) {

    /**
     * Whether it is ready.
     *
     * @param ready whether requests can be served
     * @param detail for people: why not, or what is ready
     * @param needsSomebody whether it stays so until somebody does something
     */
    public record State(boolean ready, String detail, boolean needsSomebody) {

        /** It may change by itself. */
        public State(boolean ready, String detail) {
            this(ready, detail, false);
        }

        /** Not ready, and waiting does not help. */
        public static State untilSomebodyActs(String detail) {
            return new State(false, detail, true);
        }
    }
}
