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
     * @param change what changes it, and when
     */
    public record State(boolean ready, String detail, Change change) {

        /** What changes a state. */
        public enum Change {
            /** It may change by itself within moments. */
            SOON,
            /** It changes by itself, after hours perhaps. */
            EVENTUALLY,
            /** It stays this way until somebody acts. */
            BY_SOMEBODY
        }

        /** A state that may change by itself within moments. */
        public State(boolean ready, String detail) {
            this(ready, detail, Change.SOON);
        }

        /** Not ready, and waiting does not help. */
        public static State untilSomebodyActs(String detail) {
            return new State(false, detail, Change.BY_SOMEBODY);
        }

        /** Not ready for as long as some work takes, which may be hours. */
        public static State whileWorking(String detail) {
            return new State(false, detail, Change.EVENTUALLY);
        }
    }
}
