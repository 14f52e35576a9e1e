package dev.sluice.embedded;

import dev.sluice.embedded.BrokerSettings.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    // Consumer offsets must survive a broker that is switched off for a long time.
    private static final int TEN_YEARS_IN_MINUTES = 10 * 365 * 24 * 60;

    private static final Map<String, String> OF_THE_ONLY_NODE = Map.ofEntries(
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.retention.minutes", Integer.toString(TEN_YEARS_IN_MINUTES)),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // After a kill, the controller waits this long before it considers the node's previous incarnation dead.
            // With Kafka's default of 9 s a restart took 14 s; with 2 s a slow broker on a busy machine was considered
            // dead.
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "1000"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.replica.fetchers", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("share.coordinator.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)),
            Map.entry("metric.reporters", ""));

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
        if (port != ANY_PORT && !FreePorts.take(port)) {
            throw new IOException("the address 127.0.0.1:" + port + " for the Kafka broker is in use");
        }
        BrokerExit.announce();
        Files.createDirectories(directory);
        // Static voters are identified by id, so the controller's port may differ at each start.
        Node node = new Node(port == ANY_PORT ? FreePorts.next() : port, FreePorts.next());
        useNeutralLocale();
        KafkaConfig config =
                new KafkaConfig(new BrokerSettings(List.of(node), 0, directory, OF_THE_ONLY_NODE).properties(), false);
        format(directory, config.nodeId(), Uuid.randomUuid().toString());
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, node.address());
        } catch (Exception e) {
            // Kafka throws checked exceptions such as TimeoutException without declaring them.
            if (server != null) {
                server.shutdown();
            }
            throw new IOException(
                    "no Kafka broker could be started on " + node.address() + " with its log in " + directory + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether a broker has ever been started in {@code directory}. */
    public static boolean isIn(Path directory) {
        // Kafka writes this file last: without it, an earlier attempt was interrupted and may be repeated.
        return Files.exists(directory.resolve("meta.properties"));
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

    /** Kafka's broker looks up names that it has put in upper case in the process's locale; in Turkish the upper case of i is no I. */
    static void useNeutralLocale() {
        Locale.setDefault(Locale.ROOT);
    }

    static void format(Path directory, int node, String cluster) throws IOException {
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
