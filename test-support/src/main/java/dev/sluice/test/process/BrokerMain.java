package dev.sluice.test.process;

import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** Runs one Kafka broker of a cluster as a separate process. Arguments: the cluster's id and the broker's properties file. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker.run(arguments[0], Path.of(arguments[1]));
    }
}
