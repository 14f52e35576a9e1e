package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.Said;
import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/** Runs a broker as a separate process. Arguments: its directory and its port. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-the-broker"));
        Said.say("ready", Map.of());
        Thread.currentThread().join();
    }
}
