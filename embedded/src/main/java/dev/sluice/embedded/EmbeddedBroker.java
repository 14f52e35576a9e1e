package dev.sluice.embedded;

import java.io.IOException;
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
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * An Apache Kafka broker and its controller as one node in this JVM, reachable from this machine only. Its data stays
 * in its directory: a broker that is restarted there, even after a kill, has the same topics and records.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int ANY_PORT = 0;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it accepts requests.
     *
     * @param directory the directory of its log; created if it does not exist
     * @param port the loopback port for clients, or 0 for any free one
     * @throws IOException if it cannot start there, with the reason
     */
    public static EmbeddedBroker start(Path directory, int port) throws IOException {
        // Kafka itself would take seconds to notice, and report it with a page of stack traces.
        if (port != ANY_PORT && !FreePorts.isFree(port)) {
            throw new IOException("the address 127.0.0.1:" + port + " for the Kafka broker is in use");
        }
        BrokerExit.announce();
        Files.createDirectories(directory);
        format(directory, BrokerSettings.NODE_ID, Uuid.randomUuid().toString());
        // Static voters are identified by id, so the controller's port may differ at each start.
        BrokerSettings settings =
                new BrokerSettings(directory, port == ANY_PORT ? FreePorts.next() : port, FreePorts.next());
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, settings.clientAddress());
        } catch (Exception e) {
            // Kafka throws checked exceptions such as TimeoutException without declaring them.
            if (server != null) {
                server.shutdown();
            }
            throw new IOException(
                    "no Kafka broker could be started on " + settings.clientAddress() + " with its log in " + directory
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /** Whether a broker has ever been started in {@code directory}. */
    public static boolean isIn(Path directory) {
        // Kafka writes this file last: without it, an earlier attempt was interrupted and may be repeated.
        return Files.exists(directory.resolve("meta.properties"));
    }

    /**
     * Runs one broker of a cluster until this JVM is told to exit. For the main methods of processes that do nothing
     * else.
     *
     * @param cluster the cluster's id
     * @param file the broker's own settings, under Kafka's names
     * @throws IOException if the file cannot be read or the log directory cannot be prepared
     */
    public static void run(String cluster, Path file) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        KafkaConfig config = new KafkaConfig(settings, false);
        format(Path.of(settings.getProperty("log.dirs")), config.nodeId(), cluster);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-the-broker"));
        server.startup();
        server.awaitShutdown();
    }

    /** The address for clients, as {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker, with everything it has accepted on disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory, int node, String cluster) throws IOException {
        if (isIn(directory)) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(node)
                    .setClusterId(cluster)
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .run();
        } catch (Exception e) {
            throw new IOException(
                    "the directory " + directory + " could not be prepared for Kafka: " + e.getMessage(), e);
        }
    }
}
