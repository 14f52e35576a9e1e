package dev.sluice.benchmarks.limits;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.processing.Inflow;
import dev.sluice.benchmarks.reads.ReadRates;
import dev.sluice.benchmarks.reads.StoredWorkload;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.processor.store.MongoSubmissions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Writes and reads with a million sessions stored, compared with next to none. For writes, compares the last part of
 * one processor's work with its first part after warm-up. POSTs are not measured, because ingest-api does not depend on
 * the store.
 */
public final class GrowthPart implements Part {

    private static final double LEAST = 0.85;

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            int full = store.isReal() ? plan.either(300_000, 1_000_000) : plan.either(6_000, 40_000);
            int few = full / 20;
            String what =
                    String.format(Locale.ROOT, "%swith %,d stored, ", store.isReal() ? "" : "embedded store, ", full);
            Samples oneOfFew;
            Samples pageOfFew;
            try (StoredWorkload stored = new StoredWorkload(plan, kafka, store, "few", few)) {
                stored.await(few);
                oneOfFew = ReadRates.ofOneAlone(plan, stored);
                pageOfFew = ReadRates.ofPageAlone(plan, stored);
            }
            try (StoredWorkload stored = new StoredWorkload(plan, kafka, store, "full", full)) {
                Samples first = inflow(store, stored, full / 10, full / 5 * 2);
                Samples last = inflow(store, stored, full - full / 10 * 3, full);
                stored.await(full);
                Samples one = ReadRates.ofOneAlone(plan, stored);
                Samples page = ReadRates.ofPageAlone(plan, stored);
                return List.of(
                        figure(what + "storing", first, "the same at first", last),
                        figure(what + "GET one", oneOfFew, "the same with " + few, one),
                        figure(what + "GET a page of 50", pageOfFew, "the same with " + few, page));
            }
        }
    }

    private static Figure figure(String what, Samples before, String against, Samples after) {
        return Figure.of(what, "/s", after).against(against, before).toReach(Reach.atLeast(LEAST));
    }

    /** Measures from {@code from} stored sessions to {@code to}. */
    private static Samples inflow(Store store, StoredWorkload stored, int from, int to) {
        Inflow.Counted counted = new Inflow.Counted(
                stored.database(), MongoSubmissions.COLLECTION, to, Duration.ofMinutes(5), Duration.ofMinutes(5));
        return Samples.of(Inflow.between(store.client(), counted, from, stored.processor())
                .perSecond());
    }
}
