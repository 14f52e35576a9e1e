package dev.sluice.http.observe;

import java.util.function.Supplier;

/** One condition of a service's readiness; {@code state} is called on every request and must return immediately. */
public record ReadinessCheck(String name, Supplier<State> state) {

    /** {@code detail} says to people why requests cannot be served, or what is ready. */
    public record State(boolean ready, String detail, Change change) {

        public enum Change {
            /** It may change by itself within moments. */
            SOON,
            /** It changes by itself, after hours perhaps. */
            EVENTUALLY,
            /** It stays this way until somebody acts. */
            BY_SOMEBODY
        }

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
