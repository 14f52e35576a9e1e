package dev.sluice.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the broker ends the process because of a fault that it cannot survive: the same as in a broker of its own, for going
 * on without it would only look alive, but never without a word about whose doing it was.
 */
final class BrokerExit {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerExit.class);

    private BrokerExit() {}

    /** For the whole JVM, as Kafka has it; doing it again changes nothing. */
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
        // Past System.err: a test runner takes that over and loses what is in it when the process is halted.
        // It is not closed, because shutdown hooks have something to say, too.
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                .println("The embedded Kafka broker ends this process with status " + status + ": " + reason);
    }
}
