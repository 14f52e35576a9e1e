package dev.sluice.benchmarks.limits;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The startup time of each service, with existing topics and with the class cache if the build has made one. */
public final class StartPart implements Part {

    private static final String DATABASE = "sluice_bench_start";

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            store.client().getDatabase(DATABASE).drop();
            Topics topics = Topics.make(kafka, "start.");
            String database = store.database(DATABASE);
            return List.of(
                    figure("ingest-api", 1, plan, () -> Service.ingestApi(plan.root(), topics, List.of())),
                    figure(
                            "session-processor",
                            3,
                            plan,
                            () -> Service.sessionProcessor(plan.root(), topics, database, List.of())),
                    figure(
                            "standalone",
                            6,
                            plan,
                            () -> Service.standalone(
                                    plan.root(), plan.freshFolder("standalone"), List.of(), Map.of())));
        }
    }

    private static Figure figure(String module, double mostSeconds, Plan plan, Supplier<Service> start) {
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < plan.either(2, 7); run++) {
            try (Service service = start.get()) {
                Duration ready = service.awaitReady();
                seconds.add(ready.toNanos() / 1e9);
            }
        }
        String with = Service.hasCache(plan.root(), module) ? ", with its AOT cache" : ", without a cache";
        return Figure.of(module + " ready" + with, "s", new Samples(seconds)).toReach(Reach.atMost(mostSeconds));
    }
}
