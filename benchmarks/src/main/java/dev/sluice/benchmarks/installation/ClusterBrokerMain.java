package dev.sluice.benchmarks.installation;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker of a cluster as a process of its own. Its arguments are the cluster's id and the file of its properties. */
final class ClusterBrokerMain {

    private ClusterBrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            properties.load(reader);
        }
        format(arguments[0], properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-the-broker"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(String cluster, Properties properties) throws Exception {
        String directory = properties.getProperty("log.dirs");
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                    .setClusterId(cluster)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
    }
}
