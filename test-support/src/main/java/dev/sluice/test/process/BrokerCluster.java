package dev.sluice.test.process;

import static java.util.Objects.requireNonNull;

import dev.sluice.embedded.BrokerNode;
import dev.sluice.embedded.BrokerSettings;
import dev.sluice.embedded.BrokerSettings.Node;
import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * A cluster of real Kafka brokers, each in a separate process: with three of them one may die at any time. A broker
 * keeps its directory and its ports across restarts.
 */
public final class BrokerCluster implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("offsets.topic.num.partitions", "3"),
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

    private final Path directory;
    private final String id = Uuid.randomUuid().toString();
    private final Map<String, String> settings;
    private final List<Node> nodes;
    private final List<ChildJvm> processes = new ArrayList<>();

    private BrokerCluster(Path directory, Map<String, String> settings, List<Node> nodes) {
        this.directory = directory;
        this.settings = new HashMap<>(DEFAULTS);
        this.settings.putAll(settings);
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts {@code brokers} brokers, and returns when all have joined.
     *
     * @param settings broker settings under Kafka's names, which override the defaults of the tests
     */
    public static BrokerCluster start(Path directory, int brokers, Map<String, String> settings) {
        return start(
                directory,
                Stream.generate(BrokerCluster::newNode).limit(brokers).toList(),
                settings);
    }

    static BrokerCluster start(Path directory, List<Node> nodes, Map<String, String> settings) {
        BrokerCluster cluster = new BrokerCluster(directory, settings, nodes);
        for (int broker = 0; broker < nodes.size(); broker++) {
            cluster.processes.add(cluster.launch(broker));
        }
        cluster.awaitAll();
        return cluster;
    }

    static Node newNode() {
        return new Node(FreePorts.next(), FreePorts.next());
    }

    /** The number of brokers, dead or alive. */
    public int size() {
        return nodes.size();
    }

    public String bootstrapServers() {
        return BrokerSettings.bootstrapServers(nodes);
    }

    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** A broker's process; the index is its {@code node.id} minus one. */
    public ChildJvm broker(int broker) {
        return processes.get(broker);
    }

    /** Restarts a broker that has ended, on the same directory and ports; {@link #awaitAll} waits for it. */
    public void restart(int broker) {
        if (processes.get(broker).isAlive()) {
            throw new IllegalStateException(processes.get(broker) + " is still running");
        }
        processes.set(broker, launch(broker));
    }

    /** The index of the broker that leads a partition. */
    public int leader(String topic, int partition) {
        try (Admin admin = Admin.create(properties())) {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic);
            return requireNonNull(found, topic)
                            .partitions()
                            .get(partition)
                            .leader()
                            .id()
                    - 1;
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the leader of " + topic + "-" + partition + " cannot be found", e);
        }
    }

    /** Waits until every broker has joined the cluster and every partition is in sync on all its replicas. */
    public void awaitAll() {
        try (Admin admin = Admin.create(properties())) {
            Awaitility.await("all of " + processes)
                    .atMost(READY_WITHIN)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> requireAlive() && allAreThere(admin) && allAreInSync(admin));
        }
    }

    @Override
    public void close() {
        processes.forEach(ChildJvm::close);
    }

    private boolean requireAlive() {
        for (ChildJvm process : processes) {
            if (!process.isAlive()) {
                throw new AssertionError(process + " has ended:\n" + process.lastLines());
            }
        }
        return true;
    }

    private boolean allAreThere(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size() == nodes.size();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static boolean allAreInSync(Admin admin) throws InterruptedException {
        try {
            return admin
                    .describeTopics(admin.listTopics().names().get(2, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(2, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private ChildJvm launch(int broker) {
        String name = "broker-" + (broker + 1);
        Path file = directory.resolve(name + ".properties");
        try {
            new BrokerSettings(nodes, broker, directory.resolve(name), settings).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildJvm.start(Launch.of(name, BrokerNode.class.getName())
                .withArguments(List.of(id, file.toString()))
                .withJvmOptions(List.of("-Dlogback.configurationFile=logback-broker-process.xml")));
    }
}
