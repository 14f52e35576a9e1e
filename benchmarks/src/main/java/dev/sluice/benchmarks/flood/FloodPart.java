package dev.sluice.benchmarks.flood;

import dev.sluice.benchmarks.feed.Feeds;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.LongStream;

/** How long a quiet caller waits while another floods the same standalone, compared with how long when alone; without and with quotas. */
public final class FloodPart implements Part {

    private static final long QUIET_PROJECT = 1;
    // A partition is processed in order, so a project that shares one with the flood waits by design.
    private static final long FLOODED_PROJECT = LongStream.iterate(QUIET_PROJECT + 1, project -> project + 1)
            .filter(project -> partition(project) != partition(QUIET_PROJECT))
            .findFirst()
            .orElseThrow();

    private static final int QUIET_PER_SECOND = 25;
    // Enough connections that no request waits for one, even if requests take five seconds.
    private static final int QUIET_CONNECTIONS = 128;
    private static final int FLOOD_CONNECTIONS = 16;
    private static final Duration WITHIN = Duration.ofMinutes(1);
    // More than any feed can send in the time.
    private static final int ENDLESS = 100_000_000;
    private static final Map<String, String> QUOTAS =
            Map.of("SLUICE_QUOTA_REQUESTS", "100", "SLUICE_QUOTA_SESSIONS", "100", "SLUICE_QUOTA_BURST", "1s");

    @Override
    public List<Figure> measure(Plan plan) {
        List<Figure> figures = new ArrayList<>(measure(plan, "no quotas, ", Map.of()));
        figures.addAll(measure(plan, "quotas of 100/s, ", QUOTAS));
        return figures;
    }

    private static List<Figure> measure(Plan plan, String what, Map<String, String> quotas) {
        List<Run> runs = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            runs.add(run(plan, quotas));
        }
        List<Figure> figures = new ArrayList<>();
        for (String percentile : List.of("50", "99")) {
            figures.add(waits(what + "POST answered, p" + percentile, runs, one -> one.answeredMillis(percentile)));
            figures.add(waits(what + "POST to readable, p" + percentile, runs, one -> one.readableMillis(percentile)));
        }
        figures.add(Figure.of(
                what + "not read back",
                "",
                Samples.of(runs, run -> run.flooded().failed())));
        figures.add(Figure.of(
                what + "POSTs of the flood",
                "/s",
                Samples.of(runs, run -> run.flood().acceptedRate())));
        return figures;
    }

    private static Figure waits(String what, List<Run> runs, Function<LoadReport, Double> millis) {
        return Figure.of(what, "ms", Samples.of(runs, run -> millis.apply(run.flooded())))
                .against("without the flood", Samples.of(runs, run -> millis.apply(run.alone())));
    }

    private static Run run(Plan plan, Map<String, String> quotas) {
        Path data = plan.freshFolder("flood");
        Duration measured = Duration.ofSeconds(plan.either(12, 20));
        try (Service standalone =
                Service.standalone(plan.root(), data, List.of(), quotas).awaited()) {
            String server = standalone.address();
            Load quiet = Load.posts(server, Service.newToken(plan.root(), data), SessionSize.SMALL, QUIET_CONNECTIONS)
                    .inProject(QUIET_PROJECT)
                    .readingBackFrom(server)
                    .atRate(QUIET_PER_SECOND)
                    .lasting(plan.warmUp(), measured);
            LoadReport alone = quiet.on(standalone);
            String loud = Service.newToken(plan.root(), data);
            Load posts = Load.posts(server, loud, SessionSize.SMALL, FLOOD_CONNECTIONS)
                    .inProject(FLOODED_PROJECT)
                    .lasting(plan.warmUp(), measured);
            try (ExecutorService flood = Executors.newVirtualThreadPerTaskExecutor();
                    ChildProcess feed =
                            new Feeds(server, loud, SessionSize.SMALL, FLOODED_PROJECT, 1).start(ENDLESS, 0)) {
                feed.await("measuring", WITHIN);
                CompletableFuture<LoadReport> flooding =
                        CompletableFuture.supplyAsync(() -> posts.on(standalone), flood);
                Run run = new Run(alone, quiet.on(standalone), flooding.join());
                if (!feed.isAlive()) {
                    throw new IllegalStateException("the flood's feed ended before the measurement did");
                }
                return run;
            }
        }
    }

    private static int partition(long project) {
        return ProjectKey.partition(project, TopicSettings.DEFAULT_PARTITIONS);
    }

    /** The quiet caller's requests without and with the flood, and the flood's POSTs. */
    private record Run(LoadReport alone, LoadReport flooded, LoadReport flood) {}
}
