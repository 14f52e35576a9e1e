package dev.sluice.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kafka's settings for a node of a cluster, which may be the only one: both roles, and loopback only. Every record is on
 * three nodes and acknowledged by two of them; with fewer nodes it is on all of them and acknowledged by one.
 *
 * @param more settings that are added to these, or replace them
 */
public record BrokerSettings(List<Node> nodes, int node, Path directory, Map<String, String> more) {

    public static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String LOOPBACK = "127.0.0.1:";
    private static final int MOST_REPLICAS = 3;

    // Above the limit of every topic; the largest is that of the dead letters (11 MiB).
    private static final String MAX_MESSAGE_BYTES = Integer.toString(12 * 1024 * 1024);

    private static final Map<String, String> COMMON = Map.of(
            "process.roles", "broker,controller",
            "controller.listener.names", CONTROLLER_LISTENER,
            "inter.broker.listener.name", "PLAINTEXT",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "auto.create.topics.enable", "false",
            "message.max.bytes", MAX_MESSAGE_BYTES,
            "replica.fetch.max.bytes", MAX_MESSAGE_BYTES,
            "group.initial.rebalance.delay.ms", "0",
            "transaction.state.log.num.partitions", "1");

    public BrokerSettings {
        nodes = List.copyOf(nodes);
        more = Map.copyOf(more);
    }

    /**
     * A node's loopback ports.
     *
     * @param client the port for clients and the other brokers
     * @param controller the port for the other controllers
     */
    public record Node(int client, int controller) {

        /** The address for clients, as {@code 127.0.0.1:port}. */
        public String address() {
            return LOOPBACK + client;
        }

        private String controllerAddress() {
            return LOOPBACK + controller;
        }
    }

    /** The addresses of all nodes, for clients. */
    public static String bootstrapServers(List<Node> nodes) {
        return nodes.stream().map(Node::address).collect(Collectors.joining(","));
    }

    /** Creates the directory of the log, and writes the settings to a file, from which {@link BrokerNode} reads them. */
    public void write(Path file) throws IOException {
        Files.createDirectories(directory);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties().store(writer, null);
        }
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(COMMON);
        properties.putAll(replication());
        properties.setProperty("node.id", Integer.toString(node + 1));
        properties.setProperty("log.dirs", directory.toString());
        Node own = nodes.get(node);
        properties.setProperty(
                "listeners", "PLAINTEXT://" + own.address() + ",CONTROLLER://" + own.controllerAddress());
        properties.setProperty(
                "controller.quorum.voters",
                IntStream.range(0, nodes.size())
                        .mapToObj(voter -> (voter + 1) + "@" + nodes.get(voter).controllerAddress())
                        .collect(Collectors.joining(",")));
        properties.putAll(more);
        return properties;
    }

    private Map<String, String> replication() {
        String replicas = Integer.toString(Math.min(MOST_REPLICAS, nodes.size()));
        String inSync = nodes.size() < MOST_REPLICAS ? "1" : "2";
        return Map.of(
                "default.replication.factor", replicas,
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.replication.factor", replicas,
                "share.coordinator.state.topic.replication.factor", replicas,
                "min.insync.replicas", inSync,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.min.isr", inSync);
    }
}
