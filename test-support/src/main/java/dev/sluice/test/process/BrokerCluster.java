package dev.sluice.test.process;

import static java.util.Objects.requireNonNull;

import dev.sluice.test.process.BrokerProperties.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * Real Kafka brokers, each a process of its own, which form a cluster: with three of them one may die at any time. A broker keeps its
 * directory and its ports across restarts.
 */
public final class BrokerCluster implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Path directory;
    private final String id = Uuid.randomUuid().toString();
    private final Map<String, String> settings;
    private final List<Node> nodes;
    private final List<ChildJvm> processes = new ArrayList<>();

    private BrokerCluster(Path directory, Map<String, String> settings, List<Node> nodes) {
        this.directory = directory;
        this.settings = Map.copyOf(settings);
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts {@code brokers} of them, and returns when all are there.
     *
     * @param settings broker settings by Kafka's names, over those that the tests have anyway
     */
    public static BrokerCluster start(Path directory, int brokers, Map<String, String> settings) {
        List<Node> nodes = IntStream.range(0, brokers)
                .mapToObj(_ -> new Node(FreePort.next(), FreePort.next()))
                .toList();
        return start(directory, nodes, settings);
    }

    /** Starts brokers on ports that are given. */
    static BrokerCluster start(Path directory, List<Node> nodes, Map<String, String> settings) {
        BrokerCluster cluster = new BrokerCluster(directory, settings, nodes);
        for (int broker = 0; broker < nodes.size(); broker++) {
            cluster.processes.add(cluster.launch(broker));
        }
        cluster.awaitAll();
        return cluster;
    }

    /** How many there are, dead or alive. */
    public int size() {
        return nodes.size();
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.client()).collect(Collectors.joining(","));
    }

    /** What every client needs to connect. */
    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** A broker's process; its place is that of its {@code node.id}, less one. */
    public ChildJvm broker(int broker) {
        return processes.get(broker);
    }

    /** Starts a broker that has ended on its directory and ports; {@link #awaitAll} waits for it. */
    public void restart(int broker) {
        if (processes.get(broker).isAlive()) {
            throw new IllegalStateException(processes.get(broker) + " is still running");
        }
        processes.set(broker, launch(broker));
    }

    /** The place of the broker that leads a partition. */
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

    /** Waits until every broker is part of the cluster, and every partition on every broker that shall have it. */
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
        Path own = directory.resolve("broker-" + (broker + 1));
        Path file = directory.resolve("broker-" + (broker + 1) + ".properties");
        try {
            Files.createDirectories(own);
            try (Writer writer = Files.newBufferedWriter(file)) {
                new BrokerProperties(nodes, broker, own, settings).properties().store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildJvm.start(Launch.of("broker-" + (broker + 1), BrokerMain.class.getName())
                .withArguments(List.of(id, file.toString()))
                .withJvmOptions(List.of("-Dlogback.configurationFile=logback-broker-process.xml")));
    }
}
