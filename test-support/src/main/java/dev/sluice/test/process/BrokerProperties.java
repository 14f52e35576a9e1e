package dev.sluice.test.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of a broker in a cluster: both roles, on loopback; every record is on all brokers and acknowledged by
 * all but one of them.
 *
 * @param nodes the cluster's brokers
 * @param node the index of this broker
 * @param directory the directory of its log
 * @param overrides settings that override the others
 */
record BrokerProperties(List<Node> nodes, int node, Path directory, Map<String, String> overrides) {

    static final String CONTROLLER = "CONTROLLER";

    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("message.max.bytes", Integer.toString(12 * 1024 * 1024)),
            Map.entry("replica.fetch.max.bytes", Integer.toString(12 * 1024 * 1024)),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("offsets.topic.num.partitions", "3"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // How soon a killed or stopped broker is considered dead.
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
            Map.entry("allow.everyone.if.no.acl.found", "true"),
            Map.entry("principal.builder.class", ListenerPrincipals.class.getName()),
            Map.entry("super.users", ListenerPrincipals.CONTROLLER.toString()),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024)));

    /**
     * A broker's ports.
     *
     * @param client the port for clients and the other brokers
     * @param controller the port for other controllers
     */
    record Node(int client, int controller) {}

    Properties properties() {
        Map<String, String> all = new HashMap<>(COMMON);
        Node own = nodes.get(node);
        all.put("node.id", Integer.toString(node + 1));
        all.put("log.dirs", directory.toString());
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(own.client(), own.controller()));
        all.put(
                "controller.quorum.voters",
                nodes.stream()
                        .map(other -> (nodes.indexOf(other) + 1) + "@127.0.0.1:" + other.controller())
                        .collect(Collectors.joining(",")));
        String replicas = Integer.toString(Math.min(3, nodes.size()));
        String inSync = Integer.toString(nodes.size() >= 3 ? 2 : 1);
        all.put("default.replication.factor", replicas);
        all.put("offsets.topic.replication.factor", replicas);
        all.put("transaction.state.log.replication.factor", replicas);
        all.put("share.coordinator.state.topic.replication.factor", replicas);
        all.put("min.insync.replicas", inSync);
        all.put("transaction.state.log.min.isr", inSync);
        all.put("share.coordinator.state.topic.min.isr", inSync);
        all.putAll(overrides);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }
}
