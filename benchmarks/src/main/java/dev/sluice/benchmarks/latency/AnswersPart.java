package dev.sluice.benchmarks.latency;

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
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The latency of a POST at half the maximum rate, compared with Kafka's acknowledgement latency for the same records at that rate. */
public final class AnswersPart implements Part {

    private static final int CONNECTIONS_CLOSED = 64;
    // Enough connections that no request waits for one.
    private static final int CONNECTIONS_OPEN = 512;
    private static final double MOST = 2;
    private static final Heap HEAP = new Heap(512L * 1024 * 1024);
    private static final List<String> PERCENTILES = List.of("50", "99", "99.9");

    @Override
    public List<Figure> measure(Plan plan) {
        try (Kafka kafka = plan.startKafka()) {
            Topics topics = Topics.make(kafka, "answers.");
            Topics others = Topics.make(kafka, "records.");
            List<LoadReport> ours = new ArrayList<>();
            List<LoadReport> theirs = new ArrayList<>();
            // As for posts: a compiler that has not settled takes a core from the server.
            Duration warmUp = plan.warmUp().multipliedBy(2);
            double rate;
            try (Service ingest = Service.ingestApi(plan.root(), topics, List.of("-Xmx" + HEAP.bytes()))
                    .awaited()) {
                Load posts = Load.posts(ingest.address(), topics.token(), SessionSize.SMALL, CONNECTIONS_CLOSED);
                rate = posts.lasting(warmUp, plan.measured()).on(ingest).rate() / 2;
                Load steady = Load.posts(ingest.address(), topics.token(), SessionSize.SMALL, CONNECTIONS_OPEN)
                        .atRate(rate)
                        .lasting(plan.warmUp(), plan.measured());
                Load records = Load.records(kafka.address(), others.names().submissions(), SessionSize.SMALL, HEAP)
                        .atRate(rate)
                        .lasting(plan.warmUp(), plan.measured());
                for (int run = 0; run < plan.runs(); run++) {
                    theirs.add(records.on(kafka));
                    ours.add(steady.on(ingest));
                }
            }
            return figures(ours, theirs, rate);
        }
    }

    private static List<Figure> figures(List<LoadReport> ours, List<LoadReport> theirs, double rate) {
        List<Figure> figures = new ArrayList<>();
        for (String percentile : PERCENTILES) {
            Figure figure = Figure.of(
                            String.format(Locale.ROOT, "small, %,.0f/s, p%s", rate, percentile),
                            "ms",
                            millis(ours, percentile))
                    .against("Kafka's acknowledgement", millis(theirs, percentile));
            figures.add(percentile.equals("99") ? figure.toReach(Reach.atMost(MOST)) : figure);
        }
        figures.add(Figure.of("not answered 201", "", Samples.of(ours, LoadReport::failed))
                .toReach(Reach.atMost(0)));
        return figures;
    }

    private static Samples millis(List<LoadReport> reports, String percentile) {
        return Samples.of(reports, report -> report.answeredMillis(percentile));
    }
}
