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
 * A cluster of real Kafka brokers, each in a separate process: with three of them one may die at any time. A broker
 * keeps its directory and its ports across restarts.
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
     * Starts {@code brokers} brokers, and returns when all have joined.
     *
     * @param settings broker settings under Kafka's names, which override the defaults of the tests
     */
    public static BrokerCluster start(Path directory, int brokers, Map<String, String> settings) {
        List<Node> nodes = IntStream.range(0, brokers)
                .mapToObj(_ -> new Node(FreePort.next(), FreePort.next()))
                .toList();
        return start(directory, nodes, settings);
    }

    /** Starts brokers on the given ports. */
    static BrokerCluster start(Path directory, List<Node> nodes, Map<String, String> settings) {
        BrokerCluster cluster = new BrokerCluster(directory, settings, nodes);
        for (int broker = 0; broker < nodes.size(); broker++) {
            cluster.processes.add(cluster.launch(broker));
        }
        cluster.awaitAll();
        return cluster;
    }

    /** The number of brokers, dead or alive. */
    public int size() {
        return nodes.size();
    }

    /** The bootstrap servers. */
    public String bootstrapServers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.client()).collect(Collectors.joining(","));
    }

    /** The settings that every client needs to connect. */
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
