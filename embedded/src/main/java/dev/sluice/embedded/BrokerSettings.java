package dev.sluice.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Kafka's settings for a single node: both roles, loopback only, no replication, and few threads. */
record BrokerSettings(Path directory, int clientPort, int controllerPort) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String LOOPBACK = "127.0.0.1";

    // Above the limit of every topic; the largest is that of the dead letters (11 MiB).
    private static final int MAX_MESSAGE_BYTES = 12 * 1024 * 1024;

    // Consumer offsets must survive a broker that is switched off for a long time.
    private static final int TEN_YEARS_IN_MINUTES = 10 * 365 * 24 * 60;

    private static final Map<String, String> SINGLE_NODE = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE_ID)),
            Map.entry("controller.listener.names", CONTROLLER_LISTENER),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.retention.minutes", Integer.toString(TEN_YEARS_IN_MINUTES)),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"));

    private static final Map<String, String> BEHAVIOUR = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES)),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // After a kill, the controller waits this long before it considers the node's previous incarnation dead.
            // With Kafka's default of 9 s a restart took 14 s; with 2 s a slow broker on a busy machine was considered
            // dead.
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "1000"));

    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.replica.fetchers", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("share.coordinator.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)),
            Map.entry("metric.reporters", ""));

    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(SINGLE_NODE);
        properties.putAll(BEHAVIOUR);
        properties.putAll(SMALL);
        properties.setProperty("log.dirs", directory.toString());
        properties.setProperty("listeners", "PLAINTEXT://" + clientAddress() + ",CONTROLLER://" + controllerAddress());
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controllerAddress());
        return properties;
    }

    String clientAddress() {
        return LOOPBACK + ":" + clientPort;
    }

    private String controllerAddress() {
        return LOOPBACK + ":" + controllerPort;
    }
}
