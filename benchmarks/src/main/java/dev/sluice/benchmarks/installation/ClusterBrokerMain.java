package dev.sluice.benchmarks.installation;

import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** Runs one broker of a cluster as a separate process. Arguments: the cluster's id and the broker's properties file. */
final class ClusterBrokerMain {

    private ClusterBrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker.run(arguments[0], Path.of(arguments[1]));
    }
}
