package dev.sluice.benchmarks.installation;

import dev.sluice.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** A broker of a cluster as a process of its own. Its arguments are the cluster's id and the file of its properties. */
final class ClusterBrokerMain {

    private ClusterBrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker.run(arguments[0], Path.of(arguments[1]));
    }
}
