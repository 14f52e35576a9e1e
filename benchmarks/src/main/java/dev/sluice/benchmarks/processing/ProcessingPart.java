package dev.sluice.benchmarks.processing;

import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
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
import java.util.TreeMap;
import java.util.function.Function;

/**
 * From a full log to the store, with validation, fold, counts and outcomes; compared with bulk inserts of the resulting
 * documents by the driver, and with peers that only insert.
 */
public final class ProcessingPart implements Part {

    private static final double LEAST_OF_BULK_INSERTS = 0.7;
    private static final double LEAST_OF_TUNED_CONNECT = 2;

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            for (SessionSize size :
                    plan.quick() ? List.of(SessionSize.SMALL) : List.of(SessionSize.SMALL, SessionSize.TYPICAL)) {
                figures.addAll(measure(plan, size, kafka, store));
            }
        }
        return figures;
    }

    private static List<Figure> measure(Plan plan, SessionSize size, Kafka kafka, Store store) {
        Topics topics = Topics.make(kafka, size.text() + ".");
        int count = count(plan, size, store);
        FullLog.fill(topics, size, count);
        Contest contest = new Contest(plan, topics, store, count);
        Map<Contestant, List<Inflow>> inflows = new TreeMap<>();
        for (int run = 0; run < plan.runs(); run++) {
            for (Contestant contestant : Contestant.values()) {
                inflows.computeIfAbsent(contestant, _ -> new ArrayList<>()).add(contest.run(contestant));
            }
            contest.drop();
        }
        String what = size.text() + (store.isReal() ? "" : ", embedded store");
        List<Figure> figures = new ArrayList<>();
        for (Contestant contestant :
                List.of(Contestant.BULK_INSERTS, Contestant.LISTENER, Contestant.CONNECT, Contestant.TUNED_CONNECT)) {
            Figure rate = figure(what + ", sessions stored", "/s", inflows, contestant, Inflow::perSecond);
            figures.add(
                    switch (contestant) {
                        case BULK_INSERTS -> rate.toReach(Reach.atLeast(LEAST_OF_BULK_INSERTS));
                        case TUNED_CONNECT -> rate.toReach(Reach.atLeast(LEAST_OF_TUNED_CONNECT));
                        case SLUICE, LISTENER, CONNECT -> rate;
                    });
            figures.add(figure(what + ", CPU per session", "us", inflows, contestant, Inflow::cpuMicros));
        }
        return figures;
    }

    private static Figure figure(
            String what,
            String unit,
            Map<Contestant, List<Inflow>> inflows,
            Contestant against,
            Function<Inflow, Double> figure) {
        return Figure.of(what, unit, samples(inflows, Contestant.SLUICE, figure))
                .against(against.description(), samples(inflows, against, figure));
    }

    private static Samples samples(
            Map<Contestant, List<Inflow>> inflows, Contestant of, Function<Inflow, Double> figure) {
        return Samples.of(inflows.getOrDefault(of, List.of()), figure);
    }

    // Enough sessions for the compiler to settle before measuring starts.
    private static int count(Plan plan, SessionSize size, Store store) {
        int small = store.isReal() ? plan.either(200_000, 1_000_000) : plan.either(50_000, 50_000);
        return size == SessionSize.SMALL ? small : small / 4;
    }
}
