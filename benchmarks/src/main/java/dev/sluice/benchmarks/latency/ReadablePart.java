package dev.sluice.benchmarks.latency;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The time from a POST until the session can be read, with everything on one machine. */
public final class ReadablePart implements Part {

    private static final String DATABASE = "sluice_bench_readable";
    private static final int CONNECTIONS = 256;
    private static final int RATE = 1_000;
    // The rate that the embedded store can sustain.
    private static final int RATE_EMBEDDED = 50;
    private static final Map<String, Double> MOST_MILLIS = Map.of("50", 15.0, "99", 60.0);

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            store.client().getDatabase(DATABASE).drop();
            Topics topics = Topics.make(kafka, "readable.");
            List<String> heap = List.of("-Xmx512m");
            int rate = store.isReal() ? RATE : RATE_EMBEDDED;
            try (Service ingest = Service.ingestApi(plan.root(), topics, heap).awaited();
                    Service processor = Service.sessionProcessor(plan.root(), topics, store.database(DATABASE), heap)
                            .awaited()) {
                Load load = Load.posts(ingest.address(), topics.token(), SessionSize.TYPICAL, CONNECTIONS)
                        .readingBackFrom(processor.address())
                        .atRate(rate)
                        .lasting(plan.warmUp(), plan.measured());
                List<LoadReport> reports = new ArrayList<>();
                for (int run = 0; run < plan.runs(); run++) {
                    reports.add(load.on(processor));
                }
                return figures(reports, "typical, " + rate + "/s, ", store.isReal());
            } finally {
                store.client().getDatabase(DATABASE).drop();
            }
        }
    }

    private static List<Figure> figures(List<LoadReport> reports, String what, boolean real) {
        List<Figure> figures = new ArrayList<>();
        for (String percentile : List.of("50", "99", "99.9")) {
            Figure readable = Figure.of(
                    what + "POST to readable, p" + percentile,
                    "ms",
                    Samples.of(reports, report -> report.readableMillis(percentile)));
            Double most = real ? MOST_MILLIS.get(percentile) : null;
            figures.add(most == null ? readable : readable.toReach(Reach.atMost(most)));
            figures.add(Figure.of(
                    what + "POST answered, p" + percentile,
                    "ms",
                    Samples.of(reports, report -> report.answeredMillis(percentile))));
        }
        figures.add(Figure.of(what + "not read back", "", Samples.of(reports, LoadReport::failed))
                .toReach(Reach.atMost(0)));
        return figures;
    }
}
