package dev.sluice.test.process;

import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** A Kafka broker of a cluster, as a process of its own. Its arguments are the cluster's id and the file of its properties. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker.run(arguments[0], Path.of(arguments[1]));
    }
}
