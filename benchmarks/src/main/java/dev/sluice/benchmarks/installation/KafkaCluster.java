package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.embedded.BrokerNode;
import dev.sluice.embedded.BrokerSettings;
import dev.sluice.embedded.BrokerSettings.Node;
import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Three brokers; each record is replicated to all of them and acknowledged by at least two. */
public final class KafkaCluster implements AutoCloseable {

    private static final int BROKERS = 3;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final List<String> OPTIONS = List.of("-Xmx768m", "-Dlogback.configurationFile=logback-bench.xml");
    private static final Map<String, String> SETTINGS = Map.of(
            "offsets.topic.num.partitions", "3", "log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));

    private final List<ChildProcess> brokers = new ArrayList<>();
    private final String address;

    private KafkaCluster(String address) {
        this.address = address;
    }

    /** Starts the brokers and returns when all have joined the cluster. */
    public static KafkaCluster start(Path folder) throws IOException {
        List<Node> nodes = Stream.generate(() -> new Node(FreePorts.next(), FreePorts.next()))
                .limit(BROKERS)
                .toList();
        KafkaCluster cluster = new KafkaCluster(BrokerSettings.bootstrapServers(nodes));
        String id = Uuid.randomUuid().toString();
        try {
            for (int node = 0; node < BROKERS; node++) {
                String name = "broker-" + (node + 1);
                Path file = folder.resolve(name + ".properties");
                new BrokerSettings(nodes, node, folder.resolve(name), SETTINGS).write(file);
                cluster.brokers.add(ChildProcess.start(
                        Launch.ofOurs(name, BrokerNode.class, OPTIONS, List.of(id, file.toString()))));
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
