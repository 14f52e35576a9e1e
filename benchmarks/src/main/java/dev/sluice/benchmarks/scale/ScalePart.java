package dev.sluice.benchmarks.scale;

import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.processing.Contest;
import dev.sluice.benchmarks.processing.Inflow;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sessions stored per second by 2 and by 4 processors of one group on 3 brokers, compared with one. As everything runs
 * on one machine, this shows the scaling only up to its number of CPUs.
 */
public final class ScalePart implements Part {

    private static final List<Integer> PROCESSORS = List.of(1, 2, 4);

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = Kafka.startCluster(plan.freshFolder("cluster"));
                Store store = plan.openStore()) {
            Topics topics = Topics.make(kafka, "scale.");
            int count = store.isReal() ? plan.either(200_000, 1_000_000) : plan.either(30_000, 100_000);
            FullLog.fill(topics, SessionSize.SMALL, count);
            Contest contest = new Contest(plan, topics, store, count);
            Map<Integer, List<Inflow>> inflows = new TreeMap<>();
            for (int run = 0; run < plan.runs(); run++) {
                for (int processors : PROCESSORS) {
                    inflows.computeIfAbsent(processors, _ -> new ArrayList<>())
                            .add(contest.ofProcessors(processors, "-Xmx512m"));
                    contest.drop();
                }
            }
            List<Figure> figures = new ArrayList<>();
            Samples one = rates(inflows, 1);
            for (int processors : PROCESSORS.subList(1, PROCESSORS.size())) {
                figures.add(Figure.of(
                                processors + " processors" + (store.isReal() ? "" : ", embedded store"),
                                "sessions/s",
                                rates(inflows, processors))
                        .against("one", one));
            }
            return figures;
        }
    }

    private static Samples rates(Map<Integer, List<Inflow>> inflows, int processors) {
        return Samples.of(inflows.getOrDefault(processors, List.of()), Inflow::perSecond);
    }
}
