package dev.sluice.benchmarks.installation;

import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** Runs a broker as a separate process. Arguments: its directory and its port. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-the-broker"));
        Thread.currentThread().join();
    }
}
