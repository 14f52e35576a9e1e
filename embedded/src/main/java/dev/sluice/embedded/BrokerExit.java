package dev.sluice.embedded;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/** Handles a fatal fault of the broker by exiting the process, as a separate broker would. It says first that the broker caused the exit. */
final class BrokerExit {

    private BrokerExit() {}

    /** Applies to the whole JVM, because Kafka's exit procedure is global. Idempotent. */
    static void announce() {
        Exit.setExitProcedure((status, message) -> {
            say(status, message);
            Runtime.getRuntime().exit(status);
        });
        Exit.setHaltProcedure((status, message) -> {
            say(status, message);
            Runtime.getRuntime().halt(status);
        });
    }

    private static void say(int status, @Nullable String message) {
        ProcessEnd.say(
                "The embedded Kafka broker",
                status,
                message == null ? "it gave no reason, its log may have one" : message);
    }
}
