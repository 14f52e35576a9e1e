package dev.sluice.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** Runs one broker of a cluster as a separate process. Arguments: the cluster's id and a file that {@link BrokerSettings#write} has written. */
public final class BrokerNode {

    private BrokerNode() {}

    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            settings.load(reader);
        }
        EmbeddedBroker.useNeutralLocale();
        KafkaConfig config = new KafkaConfig(settings, false);
        EmbeddedBroker.format(Path.of(settings.getProperty("log.dirs")), config.nodeId(), arguments[0]);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-the-broker"));
        server.startup();
        server.awaitShutdown();
    }
}
