package dev.sluice.benchmarks.reads;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** GETs of a session and of a page of 50, compared with the same queries through the driver. */
public final class ReadsPart implements Part {

    private static final double LEAST = 0.6;

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            int count = store.isReal() ? plan.either(50_000, 200_000) : plan.either(3_000, 10_000);
            try (StoredWorkload stored = new StoredWorkload(plan, kafka, store, "reads", count)) {
                stored.await(count);
                String what = String.format(
                        Locale.ROOT,
                        "%s, of %,d sessions, 64 connections",
                        store.isReal() ? "" : ", embedded store",
                        count);
                ReadRates one = ReadRates.ofOne(plan, stored);
                ReadRates page = ReadRates.ofPage(plan, stored);
                List<Figure> figures = new ArrayList<>(figures("GET one", what, one));
                figures.addAll(figures("GET a page of 50", what, page));
                return figures;
            }
        }
    }

    private static List<Figure> figures(String request, String what, ReadRates rates) {
        return List.of(
                Figure.of(request + what, "/s", rates.ours())
                        .against("the driver's query", rates.theirs())
                        .toReach(Reach.atLeast(LEAST)),
                Figure.of(request + ", CPU per request", "us", rates.cpuMicros()),
                Figure.of(request + ", not answered 200", "", rates.failed()).toReach(Reach.atMost(0)));
    }
}
