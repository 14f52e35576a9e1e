package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Said;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.service.settings.Heap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rate at which feeds get validated sessions into the log, compared with Kafka's own producer benchmark. */
public final class FeedPart implements Part {

    private static final int FEEDS = 4;
    private static final Heap HEAP = new Heap(1024L * 1024 * 1024);
    private static final double LEAST_SMALL = 0.6;
    private static final double LEAST_TYPICAL = 0.75;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Kafka kafka = plan.startKafka()) {
            Topics topics = Topics.make(kafka, "feed.");
            Topics theirs = Topics.make(kafka, "peer.");
            ProducerPerformance performance = new ProducerPerformance(
                    plan.root(), kafka.address(), theirs.names().submissions(), plan.freshFolder("records"), HEAP);
            try (Service ingest = Service.ingestApi(plan.root(), topics, List.of("-Xmx" + HEAP.bytes()))
                    .awaited()) {
                figures.addAll(compare(plan, SessionSize.SMALL, LEAST_SMALL, ingest, topics.token(), performance));
                figures.addAll(compare(plan, SessionSize.TYPICAL, LEAST_TYPICAL, ingest, topics.token(), performance));
            }
        }
        return figures;
    }

    private static List<Figure> compare(
            Plan plan, SessionSize size, double least, Service ingest, String token, ProducerPerformance performance)
            throws IOException {
        int share = size == SessionSize.SMALL ? 1 : 5;
        int count = plan.either(600_000, 2_000_000) / share;
        int warmUp = plan.either(1_600_000, 4_000_000) / share;
        Feeds feeds = new Feeds(ingest.address(), token, size, 1, FEEDS);
        List<Fed> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            theirs.add(performance.run(size, warmUp + count, warmUp));
            ours.add(feed(feeds, count, warmUp, ingest));
        }
        return List.of(
                Figure.of(size.text() + ", " + FEEDS + " feeds", "sessions/s", Samples.of(ours, Fed::rate))
                        .against("Kafka's ProducerPerformance", new Samples(theirs))
                        .toReach(Reach.atLeast(least)),
                Figure.of(size.text() + ", CPU per session", "us", Samples.of(ours, Fed::cpuMicros)));
    }

    private static Fed feed(Feeds feeds, int count, int warmUp, Service ingest) {
        try (ChildProcess process = feeds.start(count, warmUp)) {
            process.await("measuring", WITHIN);
            Duration before = ingest.cpu();
            Said measured = process.await("measured", WITHIN);
            double accepted = measured.number("accepted");
            double cpuMicros = ingest.cpu().minus(before).toNanos() / 1e3 / accepted;
            return new Fed(accepted / measured.number("seconds"), cpuMicros);
        }
    }

    /** Sessions per second, and ingest-api's CPU time per session. */
    private record Fed(double rate, double cpuMicros) {}
}
