package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.benchmarks.process.Ports;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Three brokers; each record is replicated to all of them and acknowledged by at least two. */
public final class KafkaCluster implements AutoCloseable {

    private static final int BROKERS = 3;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final List<String> OPTIONS = List.of("-Xmx768m", "-Dlogback.configurationFile=logback-bench.xml");
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("message.max.bytes", Integer.toString(12 * 1024 * 1024)),
            Map.entry("replica.fetch.max.bytes", Integer.toString(12 * 1024 * 1024)),
            Map.entry("default.replication.factor", "3"),
            Map.entry("min.insync.replicas", "2"),
            Map.entry("offsets.topic.replication.factor", "3"),
            Map.entry("offsets.topic.num.partitions", "3"),
            Map.entry("transaction.state.log.replication.factor", "3"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)));

    private final List<ChildProcess> brokers = new ArrayList<>();
    private final String address;

    private KafkaCluster(String address) {
        this.address = address;
    }

    /** Starts the brokers and returns when all have joined the cluster. */
    public static KafkaCluster start(Path folder) throws IOException {
        List<Integer> clients =
                IntStream.range(0, BROKERS).mapToObj(_ -> Ports.free()).toList();
        List<Integer> controllers =
                IntStream.range(0, BROKERS).mapToObj(_ -> Ports.free()).toList();
        KafkaCluster cluster = new KafkaCluster(
                clients.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        String id = Uuid.randomUuid().toString();
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(node -> (node + 1) + "@127.0.0.1:" + controllers.get(node))
                .collect(Collectors.joining(","));
        try {
            for (int node = 0; node < BROKERS; node++) {
                Path file = properties(folder, node, clients.get(node), controllers.get(node), voters);
                cluster.brokers.add(ChildProcess.start(Launch.ofOurs(
                        "broker-" + (node + 1), ClusterBrokerMain.class, OPTIONS, List.of(id, file.toString()))));
            }
            cluster.awaitAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The settings that every client needs to connect. */
    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", address);
    }

    @Override
    public void close() {
        brokers.forEach(ChildProcess::close);
    }

    private static Path properties(Path folder, int node, int client, int controller, String voters)
            throws IOException {
        Path directory = Files.createDirectories(folder.resolve("broker-" + (node + 1)));
        Properties properties = new Properties();
        properties.putAll(SETTINGS);
        properties.setProperty("node.id", Integer.toString(node + 1));
        properties.setProperty("log.dirs", directory.toString());
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + client + ",CONTROLLER://127.0.0.1:" + controller);
        properties.setProperty("controller.quorum.voters", voters);
        Path file = folder.resolve("broker-" + (node + 1) + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private void awaitAll() {
        try (Admin admin = Admin.create(properties())) {
            Patience.await("a cluster of " + BROKERS, READY_WITHIN, () -> areThere(admin));
        }
    }

    private static boolean areThere(Admin admin) {
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size() == BROKERS;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
