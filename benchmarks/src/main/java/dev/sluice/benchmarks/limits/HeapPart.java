package dev.sluice.benchmarks.limits;

import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.processing.Contest;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks that the documented heap sizes suffice: ingest-api at a required rate, the processor at full speed. */
public final class HeapPart implements Part {

    private static final int RATE = 10_000;
    private static final int CONNECTIONS = 256;
    private static final double NEARLY_ALL = 0.99;
    private static final double NEARLY_AS_FAST = 0.9;

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            figures.addAll(ingest(plan, kafka));
            Topics topics = Topics.make(kafka, "heap.");
            int count = store.isReal() ? plan.either(150_000, 600_000) : plan.either(8_000, 20_000);
            FullLog.fill(topics, SessionSize.SMALL, count);
            Contest contest = new Contest(plan, topics, store, count);
            List<Double> small = new ArrayList<>();
            List<Double> large = new ArrayList<>();
            for (int run = 0; run < plan.runs(); run++) {
                large.add(contest.ofProcessors(1, "-Xmx1g").perSecond());
                contest.drop();
                small.add(contest.ofProcessors(1, "-Xmx256m").perSecond());
                contest.drop();
            }
            figures.add(Figure.of("processor with 256 MiB", "sessions/s", new Samples(small))
                    .against("the same with 1 GiB", new Samples(large))
                    .toReach(Reach.atLeast(NEARLY_AS_FAST)));
        }
        return figures;
    }

    private static List<Figure> ingest(Plan plan, Kafka kafka) {
        Topics topics = Topics.make(kafka, "small-heap.");
        try (Service ingest =
                Service.ingestApi(plan.root(), topics, List.of("-Xmx64m")).awaited()) {
            Load load = Load.posts(ingest.address(), topics.token(), SessionSize.SMALL, CONNECTIONS);
            // Ramps up first, because a real service is not cold and flooded at the same moment.
            LoadReport _ = load.atRate(RATE / 4.0)
                    .lasting(Duration.ZERO, plan.warmUp())
                    .on(ingest);
            LoadReport report =
                    load.atRate(RATE).lasting(plan.warmUp(), plan.measured()).on(ingest);
            String what = String.format(Locale.ROOT, "ingest-api with 64 MiB at %,d/s, ", RATE);
            return List.of(
                    Figure.of(what + "of that rate", "", Samples.of(report.rate() / RATE))
                            .toReach(Reach.atLeast(NEARLY_ALL)),
                    Figure.of(what + "not answered 201", "", Samples.of(report.failed()))
                            .toReach(Reach.atMost(0)),
                    Figure.of(what + "p99", "ms", Samples.of(report.answeredMillis("99"))));
        }
    }
}
