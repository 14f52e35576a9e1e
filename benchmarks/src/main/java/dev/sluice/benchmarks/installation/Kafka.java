package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
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

/** Kafka brokers, each a process of its own. */
public final class Kafka implements Measured, AutoCloseable {

    private static final int CLUSTER = 3;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String LOGGING = "-Dlogback.configurationFile=logback-bench.xml";
    private static final Map<String, String> OF_A_CLUSTER = Map.of(
            "offsets.topic.num.partitions", "3", "log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));

    private final List<ChildProcess> brokers = new ArrayList<>();
    private final String address;

    private Kafka(String address) {
        this.address = address;
    }

    /** Starts a broker with the standalone's settings and its log in {@code directory}, and returns when it accepts requests. */
    public static Kafka start(Path directory) {
        int port = FreePorts.next();
        Kafka kafka = new Kafka("127.0.0.1:" + port);
        List<String> arguments = List.of(directory.toString(), Integer.toString(port));
        return kafka.started(List.of(Launch.ofOurs("broker", BrokerMain.class, List.of("-Xmx1g", LOGGING), arguments)));
    }

    /** Starts three brokers, which replicate each record and acknowledge it once two have it, and returns when all have joined the cluster. */
    public static Kafka startCluster(Path folder) throws IOException {
        List<Node> nodes = Stream.generate(() -> new Node(FreePorts.next(), FreePorts.next()))
                .limit(CLUSTER)
                .toList();
        Kafka kafka = new Kafka(BrokerSettings.bootstrapServers(nodes));
        String id = Uuid.randomUuid().toString();
        List<Launch> launches = new ArrayList<>();
        for (int node = 0; node < CLUSTER; node++) {
            String name = "broker-" + (node + 1);
            Path file = folder.resolve(name + ".properties");
            new BrokerSettings(nodes, node, folder.resolve(name), OF_A_CLUSTER).write(file);
            List<String> arguments = List.of(id, file.toString());
            launches.add(Launch.ofOurs(name, BrokerNode.class, List.of("-Xmx768m", LOGGING), arguments));
        }
        return kafka.started(launches);
    }

    public String address() {
        return address;
    }

    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", address);
    }

    @Override
    public Duration cpu() {
        return brokers.stream().map(ChildProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        brokers.forEach(ChildProcess::close);
    }

    private Kafka started(List<Launch> launches) {
        try (Admin admin = Admin.create(properties())) {
            launches.forEach(launch -> brokers.add(ChildProcess.start(launch)));
            Patience.await("a cluster of " + brokers, READY_WITHIN, () -> areThere(admin));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean areThere(Admin admin) {
        if (!brokers.stream().allMatch(ChildProcess::isAlive)) {
            throw new IllegalStateException("a broker has ended: " + brokers);
        }
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size() == brokers.size();
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
