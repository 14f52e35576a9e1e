package dev.sluice.endtoend.faults;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TemporaryFolder;
import dev.sluice.test.process.BrokerCluster;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StoreProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Three brokers, a store, ingest-api and session-processor, each in a separate process. The fault tests of this JVM
 * share one installation; each test uses its own projects, and leaves everything running and ready.
 */
public final class Installation implements AutoCloseable {

    static final int PARTITIONS = 6;

    private static final int BROKERS = 3;
    // Allows tests to have a dead processor detected within seconds.
    private static final Map<String, String> SHORT_SESSIONS = Map.of("group.min.session.timeout.ms", "500");

    private final BrokerCluster brokers;
    private final StoreProcess store;
    private final InstalledTopics topics;
    private final String token;
    private final ServiceProcess ingest;
    private final ServiceProcess processor;

    private Installation(Path folder) {
        CompletableFuture<StoreProcess> starting =
                CompletableFuture.supplyAsync(() -> StoreProcess.start(folder.resolve("store.mv")));
        brokers = BrokerCluster.start(folder, BROKERS, SHORT_SESSIONS);
        topics = InstalledTopics.make(brokers.properties(), TopicNames.DEFAULT, PARTITIONS);
        token = topics.token(Role.ADMINISTRATOR);
        store = starting.join();
        processor = ServiceProcess.sessionProcessor(environment(Map.of(
                "SLUICE_MONGODB", store.uri("sluice"),
                "SLUICE_REPLICATION_FACTOR", Integer.toString(BROKERS))));
        ingest = ServiceProcess.ingestApi(environment(Map.of()));
        ingest.awaitReady();
        processor.awaitReady();
    }

    /** Starts on first use and stops when the JVM exits. */
    static Installation shared() {
        return Shared.INSTALLATION;
    }

    /** Stops it earlier: even idle, its processes take a quarter of a CPU. */
    public static void stopShared() {
        Shared.INSTALLATION.close();
    }

    BrokerCluster brokers() {
        return brokers;
    }

    StoreProcess store() {
        return store;
    }

    ServiceProcess ingest() {
        return ingest;
    }

    ServiceProcess processor() {
        return processor;
    }

    InstalledTopics topics() {
        return topics;
    }

    /** An administrator's token for every project. */
    String token() {
        return token;
    }

    /** The environment for another service of this installation; {@code more} takes precedence. */
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_KAFKA", brokers.bootstrapServers());
        environment.put("SLUICE_PARTITIONS", Integer.toString(PARTITIONS));
        environment.putAll(more);
        return environment;
    }

    /** A workload on the shared ingest-api; see {@link Workload}. */
    Workload workload(long firstProject) {
        return new Workload(Faults.seed(), ingest.address(), token, firstProject);
    }

    /** A workload on another ingest-api of this installation. */
    Workload workload(ServiceProcess edge, long firstProject) {
        return new Workload(Faults.seed(), edge.address(), token, firstProject);
    }

    /** Compares a workload with the log and the store. */
    Reckoning reckoning(Workload workload) {
        return new Reckoning(workload, SubmissionsInLog.read(topics), new SessionReader(processor.address(), token));
    }

    @Override
    public void close() {
        ingest.close();
        processor.close();
        store.close();
        brokers.close();
    }

    // A holder class, so that nothing starts before the first test asks.
    private static final class Shared {

        private static final Installation INSTALLATION = start();

        private static Installation start() {
            try {
                Path folder = TemporaryFolder.create("faults");
                Installation installation = new Installation(folder);
                TemporaryFolder.atExit(installation, folder);
                return installation;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
