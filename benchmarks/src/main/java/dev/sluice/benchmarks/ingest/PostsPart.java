package dev.sluice.benchmarks.ingest;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Single POSTs with all features on, compared with the same web server responding from memory: throughput, and CPU per request. */
public final class PostsPart implements Part {

    private static final int CONNECTIONS = 64;
    private static final double MOST_CPU = 2.2;
    // 20,000 requests/s for a ceiling of 60,000.
    private static final double LEAST_RATE = 1.0 / 3;
    private static final List<String> HEAP = List.of("-Xmx512m");

    @Override
    public List<Figure> measure(Plan plan) {
        try (Kafka kafka = plan.startKafka()) {
            Topics topics = Topics.make(kafka, "posts.");
            try (Service ingest = Service.ingestApi(plan.root(), topics, HEAP).awaited();
                    Service ceiling =
                            Service.ofOurs("ceiling", CeilingMain.class, HEAP).awaited()) {
                List<Figure> figures = new ArrayList<>();
                for (SessionSize size : plan.quick() ? List.of(SessionSize.SMALL) : List.of(SessionSize.values())) {
                    figures.addAll(compare(plan, size, ingest, ceiling, topics.token()));
                }
                return figures;
            }
        }
    }

    private static List<Figure> compare(Plan plan, SessionSize size, Service ingest, Service ceiling, String token) {
        List<LoadReport> ours = new ArrayList<>();
        List<LoadReport> theirs = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            // The compiler's CPU time counts as the server's until it has settled; later runs only warm up the load
            // generator.
            Duration warmUp =
                    run == 0 ? plan.warmUp().multipliedBy(2) : plan.warmUp().dividedBy(2);
            theirs.add(post(ceiling, token, size, warmUp, plan));
            ours.add(post(ingest, token, size, warmUp, plan));
        }
        String what = size.text() + ", " + CONNECTIONS + " connections, ";
        Figure cpu = Figure.of(what + "CPU per request", "us", Samples.of(ours, LoadReport::cpuMicros))
                .against("Helidon answering from memory", Samples.of(theirs, LoadReport::cpuMicros));
        Figure rate = Figure.of(what + "rate", "/s", Samples.of(ours, LoadReport::rate))
                .against("Helidon answering from memory", Samples.of(theirs, LoadReport::rate));
        Figure failed = Figure.of(what + "not answered 201", "", Samples.of(ours, LoadReport::failed))
                .toReach(Reach.atMost(0));
        return size == SessionSize.SMALL
                ? List.of(cpu.toReach(Reach.atMost(MOST_CPU)), rate.toReach(Reach.atLeast(LEAST_RATE)), failed)
                : List.of(cpu, rate, failed);
    }

    private static LoadReport post(Service server, String token, SessionSize size, Duration warmUp, Plan plan) {
        return Load.posts(server.address(), token, size, CONNECTIONS)
                .lasting(warmUp, plan.measured())
                .on(server);
    }
}
