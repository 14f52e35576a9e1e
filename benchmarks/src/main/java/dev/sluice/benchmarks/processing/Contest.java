package dev.sluice.benchmarks.processing;

import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.processing.Inflow.Counted;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.processor.store.MongoSubmissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Runs several contestants on one log and one store, one after another, each with its own database and the same heap.
 * The exception is the baseline, which holds all documents in memory.
 */
public final class Contest {

    private static final String PREFIX = "sluice_bench_";
    private static final String LOGGING = "-Dlogback.configurationFile=logback-bench.xml";
    private static final List<String> OPTIONS = List.of("-Xmx1g", LOGGING);
    // All documents are in memory before it starts: 250,000 typical ones take 1.7 GB.
    private static final List<String> WITH_ALL_DOCUMENTS = List.of("-Xmx3g", LOGGING);

    private final Plan plan;
    private final Topics topics;
    private final Store store;
    private final int count;
    private final Set<String> used = new HashSet<>();
    private int runs;

    public Contest(Plan plan, Topics topics, Store store, int count) {
        this.plan = plan;
        this.topics = topics;
        this.store = store;
        this.count = count;
    }

    /** Measures how fast the processors of one group store the log, each with the {@code heap} option. */
    public Inflow ofProcessors(int processors, String heap) {
        String database = emptied(Contestant.SLUICE);
        List<Service> group = new ArrayList<>();
        try {
            for (int i = 0; i < processors; i++) {
                group.add(Service.sessionProcessor(plan.root(), topics, store.database(database), List.of(heap)));
            }
            Measured all = () -> group.stream().map(Service::cpu).reduce(Duration.ZERO, Duration::plus);
            return measure(database, MongoSubmissions.COLLECTION, count, all);
        } finally {
            group.forEach(Service::close);
        }
    }

    Inflow run(Contestant contestant) {
        String database = emptied(contestant);
        return switch (contestant) {
            case SLUICE -> ofProcessors(1, "-Xmx1g");
            case BULK_INSERTS ->
                measured(bulkInserts(database), database, MongoSubmissions.COLLECTION, storedBySluice());
            case LISTENER -> measured(listener(database), database, ListenerMain.COLLECTION, count);
            case CONNECT -> measured(connect(database, false), database, Connect.COLLECTION, count);
            case TUNED_CONNECT -> measured(connect(database, true), database, Connect.COLLECTION, count);
        };
    }

    /** Drops this run's databases; the next run uses others. */
    public void drop() {
        used.forEach(database -> store.client().getDatabase(database).drop());
        used.clear();
        runs++;
    }

    /** The contestant's database, cleared of what an interrupted run may have left. */
    private String emptied(Contestant contestant) {
        String database = database(contestant);
        store.client().getDatabase(database).drop();
        used.add(database);
        return database;
    }

    private String database(Contestant contestant) {
        return PREFIX + contestant.name().toLowerCase(Locale.ROOT) + "_"
                + topics.names().prefix().replace(".", "_") + runs;
    }

    /** The number of documents to insert again: fewer than in the log, if the time limit ended storing early. */
    private long storedBySluice() {
        return store.client()
                .getDatabase(database(Contestant.SLUICE))
                .getCollection(MongoSubmissions.COLLECTION)
                .estimatedDocumentCount();
    }

    private Inflow measured(ChildProcess process, String database, String collection, long documents) {
        try (process) {
            return measure(database, collection, documents, process);
        }
    }

    private Inflow measure(String database, String collection, long documents, Measured writer) {
        Duration atMost = Duration.ofSeconds(plan.either(10, 60));
        return Inflow.measure(
                store.client(), new Counted(database, collection, documents, plan.warmUp(), atMost), writer);
    }

    private ChildProcess bulkInserts(String database) {
        List<String> arguments = List.of(store.database("admin"), database(Contestant.SLUICE), database);
        return ChildProcess.start(Launch.ofOurs("bulk-inserts", BulkInsertMain.class, WITH_ALL_DOCUMENTS, arguments));
    }

    private ChildProcess listener(String database) {
        List<String> arguments =
                List.of(topics.address(), topics.names().submissions(), acknowledged(database), database);
        return ChildProcess.start(Launch.ofOurs("listener", ListenerMain.class, OPTIONS, arguments));
    }

    private ChildProcess connect(String database, boolean tuned) {
        Map<String, String> connector = Connect.connector(topics, database, acknowledged(database), tuned);
        return Connect.start(plan.root(), plan.freshFolder("connect"), topics, connector);
    }

    /** Sets the same durability as for the processor's writes. */
    private String acknowledged(String database) {
        String uri = store.database(database);
        return uri + (uri.contains("?") ? "&" : "?") + "w=majority&journal=true";
    }
}
