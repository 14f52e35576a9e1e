package dev.sluice.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a fatal fault of the broker by exiting the process, as a separate broker would, because continuing without it
 * would only look alive. It says first that the broker caused the exit.
 */
final class BrokerExit {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerExit.class);

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

    private static void say(int status, String message) {
        String reason = message == null ? "it gave no reason, its log may have one" : message;
        LOG.error("The embedded Kafka broker ends this process with status {}: {}", status, reason);
        // Bypasses System.err: a test runner replaces it and loses its contents when the process is halted. Not closed,
        // because shutdown hooks may still write.
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                .println("The embedded Kafka broker ends this process with status " + status + ": " + reason);
    }
}
